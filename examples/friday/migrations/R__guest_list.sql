CREATE OR REPLACE VIEW guest_list AS
SELECT events.title, customers.name, tickets.seat
FROM tickets
JOIN events ON events.id = tickets.event_id
JOIN customers ON customers.id = tickets.customer_id;

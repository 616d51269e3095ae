-- MySQL 9.7, MariaDB 10.11 and 11.8; each table holds 2,500 rows except t0 (empty).
CREATE TABLE parent (id INT PRIMARY KEY, v INT) ENGINE=InnoDB;
CREATE TABLE child (id INT PRIMARY KEY, parent_id INT, KEY k_parent (parent_id), CONSTRAINT fk_child FOREIGN KEY (parent_id) REFERENCES parent (id)) ENGINE=InnoDB;
CREATE TABLE nofk (id INT PRIMARY KEY, parent_id INT, self_id INT) ENGINE=InnoDB;
CREATE TABLE t (id INT NOT NULL AUTO_INCREMENT PRIMARY KEY, a INT, a2 INT, b VARCHAR(50), b2 VARCHAR(50), a2v VARCHAR(20), c VARCHAR(200), d DECIMAL(10,2), e ENUM('x','y'), s SET('p','q'),
  txt TEXT, js JSON, ts TIMESTAMP NULL, dt DATETIME, u BIGINT UNSIGNED, ch CHAR(10), n INT, nn INT NOT NULL DEFAULT 0,
  gv INT GENERATED ALWAYS AS (a + 1) VIRTUAL, gs INT GENERATED ALWAYS AS (a * 2) STORED,
  KEY k_a2 (a2), KEY k_a2v (a2v), UNIQUE KEY u_b (b), CONSTRAINT chk0 CHECK (u >= 0)) ENGINE=InnoDB ROW_FORMAT=DYNAMIC DEFAULT CHARSET=utf8mb4;
CREATE TABLE p (id INT NOT NULL AUTO_INCREMENT PRIMARY KEY, a INT, b VARCHAR(50), n INT, nn INT NOT NULL DEFAULT 0, c VARCHAR(200), KEY k_a (a)) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;
CREATE TABLE t0 (id INT PRIMARY KEY, v INT) ENGINE=InnoDB;
CREATE TABLE l1 (id INT NOT NULL AUTO_INCREMENT PRIMARY KEY, v VARCHAR(100), w VARCHAR(300)) ENGINE=InnoDB DEFAULT CHARSET=latin1;
CREATE TABLE u3 (id INT PRIMARY KEY, v VARCHAR(50)) ENGINE=InnoDB DEFAULT CHARSET=utf8mb3;
CREATE TABLE ft (id INT PRIMARY KEY, c TEXT, b VARCHAR(50), FULLTEXT KEY f_1 (c)) ENGINE=InnoDB;
CREATE TABLE geo (id INT PRIMARY KEY, g POINT NOT NULL /*!80003 SRID 0 */) ENGINE=InnoDB;
CREATE TABLE comp (id INT PRIMARY KEY, v INT) ENGINE=InnoDB ROW_FORMAT=COMPRESSED;
CREATE TABLE redund (id INT PRIMARY KEY, v INT) ENGINE=InnoDB ROW_FORMAT=REDUNDANT;
CREATE TABLE my (id INT PRIMARY KEY, v INT) ENGINE=MyISAM;
CREATE TABLE nopk (k INT NOT NULL, k2 INT NOT NULL) ENGINE=InnoDB;
CREATE TABLE nopk2 (k INT PRIMARY KEY, k2 INT NOT NULL) ENGINE=InnoDB;
CREATE TABLE part (id INT PRIMARY KEY, v INT) ENGINE=InnoDB PARTITION BY RANGE (id) (PARTITION p0 VALUES LESS THAN (1000), PARTITION p1 VALUES LESS THAN (2000), PARTITION pmax VALUES LESS THAN MAXVALUE);
CREATE TABLE part_nomax (id INT PRIMARY KEY, v INT) ENGINE=InnoDB PARTITION BY RANGE (id) (PARTITION p0 VALUES LESS THAN (1000), PARTITION p1 VALUES LESS THAN (80000));
CREATE TABLE part_x (id INT PRIMARY KEY, v INT) ENGINE=InnoDB;
CREATE TABLE parth (id INT PRIMARY KEY, v INT) ENGINE=InnoDB PARTITION BY HASH (id) PARTITIONS 3;
CREATE TABLE probe (id INT) ENGINE=InnoDB;
CREATE VIEW v0 AS SELECT id FROM t;
--= table child: option engine=innodb; no rows
--=   column id: int; not null
--=   column parent_id: int
--=   constraint PRIMARY: primary key (id)
--=   constraint fk_child: foreign key (parent_id) references parent (id)
--=   index PRIMARY: unique; on (id); of constraint
--=   index k_parent: on (parent_id)
--= table comp: option engine=innodb; option row_format=compressed; no rows
--=   column id: int; not null
--=   column v: int
--=   constraint PRIMARY: primary key (id)
--=   index PRIMARY: unique; on (id); of constraint
--= table ft: option engine=innodb; no rows
--=   column id: int; not null
--=   column c: text
--=   column b: varchar(50)
--=   constraint PRIMARY: primary key (id)
--=   index PRIMARY: unique; on (id); of constraint
--=   index f_1: using fulltext; on (c)
--= table geo: option engine=innodb; no rows
--=   column id: int; not null
--=   column g: point; not null
--=   constraint PRIMARY: primary key (id)
--=   index PRIMARY: unique; on (id); of constraint
--= table l1: option charset=latin1; option engine=innodb; no rows
--=   column id: int; not null; identity auto increment
--=   column v: varchar(100)
--=   column w: varchar(300)
--=   constraint PRIMARY: primary key (id)
--=   index PRIMARY: unique; on (id); of constraint
--= table my: option engine=myisam; no rows
--=   column id: int; not null
--=   column v: int
--=   constraint PRIMARY: primary key (id)
--=   index PRIMARY: unique; on (id); of constraint
--= table nofk: option engine=innodb; no rows
--=   column id: int; not null
--=   column parent_id: int
--=   column self_id: int
--=   constraint PRIMARY: primary key (id)
--=   index PRIMARY: unique; on (id); of constraint
--= table nopk: option engine=innodb; no rows
--=   column k: int; not null
--=   column k2: int; not null
--= table nopk2: option engine=innodb; no rows
--=   column k: int; not null
--=   column k2: int; not null
--=   constraint PRIMARY: primary key (k)
--=   index PRIMARY: unique; on (k); of constraint
--= table p: option charset=utf8mb4; option engine=innodb; no rows
--=   column id: int; not null; identity auto increment
--=   column a: int
--=   column b: varchar(50)
--=   column n: int
--=   column nn: int; not null; default 0
--=   column c: varchar(200)
--=   constraint PRIMARY: primary key (id)
--=   index PRIMARY: unique; on (id); of constraint
--=   index k_a: on (a)
--= table parent: option engine=innodb; no rows
--=   column id: int; not null
--=   column v: int
--=   constraint PRIMARY: primary key (id)
--=   index PRIMARY: unique; on (id); of constraint
--= table part: partitioned by range (id); option engine=innodb; no rows
--=   column id: int; not null
--=   column v: int
--=   constraint PRIMARY: primary key (id)
--=   index PRIMARY: unique; on (id); of constraint
--= table part_nomax: partitioned by range (id); option engine=innodb; no rows
--=   column id: int; not null
--=   column v: int
--=   constraint PRIMARY: primary key (id)
--=   index PRIMARY: unique; on (id); of constraint
--= table part_x: option engine=innodb; no rows
--=   column id: int; not null
--=   column v: int
--=   constraint PRIMARY: primary key (id)
--=   index PRIMARY: unique; on (id); of constraint
--= table parth: partitioned by hash (id); option engine=innodb; no rows
--=   column id: int; not null
--=   column v: int
--=   constraint PRIMARY: primary key (id)
--=   index PRIMARY: unique; on (id); of constraint
--= table probe: option engine=innodb; no rows
--=   column id: int
--= table redund: option engine=innodb; option row_format=redundant; no rows
--=   column id: int; not null
--=   column v: int
--=   constraint PRIMARY: primary key (id)
--=   index PRIMARY: unique; on (id); of constraint
--= table t: option charset=utf8mb4; option engine=innodb; option row_format=dynamic; no rows
--=   column id: int; not null; identity auto increment
--=   column a: int
--=   column a2: int
--=   column b: varchar(50)
--=   column b2: varchar(50)
--=   column a2v: varchar(20)
--=   column c: varchar(200)
--=   column d: decimal(10,2)
--=   column e: enum('x','y')
--=   column s: set('p','q')
--=   column txt: text
--=   column js: json
--=   column ts: timestamp
--=   column dt: datetime
--=   column u: bigint unsigned
--=   column ch: char(10)
--=   column n: int
--=   column nn: int; not null; default 0
--=   column gv: int; generated (a + 1)
--=   column gs: int; generated (a * 2) stored
--=   constraint PRIMARY: primary key (id)
--=   constraint u_b: unique (b)
--=   constraint chk0: check (u >= 0)
--=   index PRIMARY: unique; on (id); of constraint
--=   index u_b: unique; on (b); of constraint
--=   index k_a2: on (a2)
--=   index k_a2v: on (a2v)
--= table t0: option engine=innodb; no rows
--=   column id: int; not null
--=   column v: int
--=   constraint PRIMARY: primary key (id)
--=   index PRIMARY: unique; on (id); of constraint
--= table u3: option charset=utf8mb3; option engine=innodb; no rows
--=   column id: int; not null
--=   column v: varchar(50)
--=   constraint PRIMARY: primary key (id)
--=   index PRIMARY: unique; on (id); of constraint
--= view v0: reads t
--=   column id: partly known

CREATE ALIAS nextPrime AS $$
String nextPrime(String value) {
  return new BigInteger(value).nextProbablePrime().toString(); // it's
}
$$;
~~~~
// a comment; of Java's kind
ALTER TABLE t ALTER COLUMN a VARCHAR(20);
~~~~
/* nested /* ; */ ; */ SELECT 1;

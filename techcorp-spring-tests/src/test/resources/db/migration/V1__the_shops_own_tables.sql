-- A host's own schemas, with names that the library would take by default.
create schema orders;
create table orders.notes (order_id uuid primary key, note text not null);

create schema customers;
create table customers.customers (id uuid primary key, email text not null);

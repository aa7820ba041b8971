-- A claim looks for an override of the decision that held its step back: there are few.
create index decision_overridden on decision (loan_id) where override is not null;

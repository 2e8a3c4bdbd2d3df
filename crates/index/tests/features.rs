//! Every suite's features fit its modules: what must be valid is, what must not be is not.


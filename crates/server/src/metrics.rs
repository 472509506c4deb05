//! Figures for the operator, on a port of their own.

"""Asking a model, or the embedded extractive engine, for validated objects."""

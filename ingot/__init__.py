"""INGOT: a personal recruiting agency that writes letters which deserve an answer."""

__version__ = "0.1.0"

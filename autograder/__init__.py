"""Groundup: a course in deep learning from scratch, in NumPy, that grades itself.

The package is the engine; it knows no mathematics of any task. Importing it costs nothing:
each room (`autograder.course`, `autograder.grading`, ...) is imported by whoever needs it.
"""

__version__ = "0.1.0"

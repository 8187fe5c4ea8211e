"""The measurements, printed as ratios within one run."""

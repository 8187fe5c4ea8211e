"""Papers out: PDF and Word from plain values and the product's own templates; bytes, no doors."""

"""The workbook of a street: how it is laid out, written, signed, read back and judged. All pure."""

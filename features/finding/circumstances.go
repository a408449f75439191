package finding

// circumstances adds what the structure of the case says rather than a sentence of it.
func (c *reading) circumstances() {}

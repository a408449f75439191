package dataset

import (
	"fmt"
	"math"
	"strconv"
	"strings"
	"time"
)

// Null marks for kinds that have no empty value.
const NullInt = math.MinInt64

// NullFloat is the null of a Float64 column; compare with math.IsNaN.
var NullFloat = math.NaN()

// Vector holds the values of one column; only the slice of the column's kind is used.
// Text and Date: "" is null in a nullable column. Int32 and Int64: NullInt is null. Float64: NaN is null.
// A list is never null; an empty list is nil.
type Vector struct {
	Texts  []string
	Ints   []int64
	Floats []float64
	Bools  []bool
	Lists  [][]string
	IntsOf [][]int32
}

// Batch is a number of rows of one table, held column by column.
type Batch struct {
	Table *Table
	N     int
	Cols  []Vector
	size  int64
}

// NewBatch makes an empty batch of the table.
func NewBatch(t *Table) *Batch { return &Batch{Table: t, Cols: make([]Vector, len(t.Columns))} }

// Size is a fixed estimate of the bytes that the rows hold; it depends on the values alone.
func (b *Batch) Size() int64 { return b.size }

// Reset empties the batch and keeps its memory.
func (b *Batch) Reset() {
	for i := range b.Cols {
		v := &b.Cols[i]
		clear(v.Texts)
		clear(v.Lists)
		clear(v.IntsOf)
		*v = Vector{v.Texts[:0], v.Ints[:0], v.Floats[:0], v.Bools[:0], v.Lists[:0], v.IntsOf[:0]}
	}
	b.N, b.size = 0, 0
}

// RowWriter appends one row: one call per column in the table's order, then End. A call of the wrong kind panics,
// as an index out of range does: it is a fault of the program, not of the data.
type RowWriter struct {
	b *Batch
	c int
}

// Row begins a row.
func (b *Batch) Row() *RowWriter { return &RowWriter{b: b} }

// next is the vector of the next column, which must be of one of two kinds.
func (r *RowWriter) next(want, or Kind) *Vector {
	c := r.c
	if k := r.b.Table.Columns[c].Kind; k != want && k != or {
		panic(fmt.Sprintf("table %s, column %s is %s, not %s", r.b.Table.Name, r.b.Table.Columns[c].Name, k, want))
	}
	r.c++
	return &r.b.Cols[c]
}

// Text appends texts (or days, in date columns) to the next columns. What is no day of the calendar becomes null.
func (r *RowWriter) Text(values ...string) *RowWriter {
	for _, s := range values {
		v := r.next(Text, Date)
		if r.b.Table.Columns[r.c-1].Kind == Date && !isDay(s) {
			s = ""
		}
		v.Texts = append(v.Texts, s)
		r.b.size += int64(len(s)) + 4
	}
	return r
}

func isDay(s string) bool {
	_, err := time.Parse(time.DateOnly, s)
	return err == nil
}

// Int appends integers.
func (r *RowWriter) Int(values ...int64) *RowWriter {
	for _, n := range values {
		v := r.next(Int32, Int64)
		v.Ints = append(v.Ints, n)
		r.b.size += 4
	}
	return r
}

// Float appends a number; nil is null.
func (r *RowWriter) Float(p *float64) *RowWriter {
	v := r.next(Float64, Float64)
	f := NullFloat
	if p != nil {
		f = *p
	}
	v.Floats = append(v.Floats, f)
	r.b.size += 8
	return r
}

// Bool appends truth values.
func (r *RowWriter) Bool(values ...bool) *RowWriter {
	for _, x := range values {
		v := r.next(Bool, Bool)
		v.Bools = append(v.Bools, x)
		r.b.size++
	}
	return r
}

// List appends a list of texts.
func (r *RowWriter) List(list []string) *RowWriter {
	if len(list) == 0 {
		list = nil
	}
	v := r.next(TextList, TextList)
	v.Lists = append(v.Lists, list)
	for _, s := range list {
		r.b.size += int64(len(s)) + 4
	}
	return r
}

// IntList appends a list of integers.
func (r *RowWriter) IntList(list []int32) *RowWriter {
	if len(list) == 0 {
		list = nil
	}
	v := r.next(Int32List, Int32List)
	v.IntsOf = append(v.IntsOf, list)
	r.b.size += int64(4 * len(list))
	return r
}

// End closes the row.
func (r *RowWriter) End() {
	if r.c != len(r.b.Table.Columns) {
		panic(fmt.Sprintf("table %s: row of %d columns, want %d", r.b.Table.Name, r.c, len(r.b.Table.Columns)))
	}
	r.b.N++
}

// Append copies rows [from, to) of src, a batch of the same table, to the end of b.
func (b *Batch) Append(src *Batch, from, to int) {
	for i := from; i < to; i++ {
		b.size += src.RowSize(i)
	}
	b.copyRows(src, from, to)
}

// AppendAll copies all rows of src, a batch of the same table that knows its size.
func (b *Batch) AppendAll(src *Batch) {
	b.size += src.size
	b.copyRows(src, 0, src.N)
}

func (b *Batch) copyRows(src *Batch, from, to int) {
	for c := range b.Cols {
		d, s := &b.Cols[c], &src.Cols[c]
		switch b.Table.Columns[c].Kind {
		case Text, Date:
			d.Texts = append(d.Texts, s.Texts[from:to]...)
		case Int32, Int64:
			d.Ints = append(d.Ints, s.Ints[from:to]...)
		case Float64:
			d.Floats = append(d.Floats, s.Floats[from:to]...)
		case Bool:
			d.Bools = append(d.Bools, s.Bools[from:to]...)
		case TextList:
			d.Lists = append(d.Lists, s.Lists[from:to]...)
		case Int32List:
			d.IntsOf = append(d.IntsOf, s.IntsOf[from:to]...)
		}
	}
	b.N += to - from
}

// Slice is a view of rows [from, to); it shares the memory of b, so neither may be changed while both are used.
func (b *Batch) Slice(from, to int) *Batch {
	out := &Batch{Table: b.Table, N: to - from, Cols: make([]Vector, len(b.Cols))}
	for i := from; i < to; i++ {
		out.size += b.RowSize(i)
	}
	for c := range b.Cols {
		v := &b.Cols[c]
		out.Cols[c] = Vector{part(v.Texts, from, to), part(v.Ints, from, to), part(v.Floats, from, to), part(v.Bools, from, to),
			part(v.Lists, from, to), part(v.IntsOf, from, to)}
	}
	return out
}

func part[T any](s []T, from, to int) []T {
	if s == nil {
		return nil
	}
	return s[from:to]
}

// Drop removes the first n rows and keeps the memory.
func (b *Batch) Drop(n int) {
	for i := range n {
		b.size -= b.RowSize(i)
	}
	for c := range b.Cols {
		v := &b.Cols[c]
		*v = Vector{without(v.Texts, n), without(v.Ints, n), without(v.Floats, n), without(v.Bools, n), without(v.Lists, n), without(v.IntsOf, n)}
	}
	b.N -= n
}

func without[T any](s []T, n int) []T {
	if len(s) == 0 {
		return s
	}
	kept := copy(s, s[n:])
	clear(s[kept:])
	return s[:kept]
}

// RowSize is the share of row i in Size.
func (b *Batch) RowSize(i int) (n int64) {
	for c := range b.Cols {
		v := &b.Cols[c]
		switch b.Table.Columns[c].Kind {
		case Text, Date:
			n += int64(len(v.Texts[i])) + 4
		case Int32, Int64:
			n += 4
		case Float64:
			n += 8
		case Bool:
			n++
		case TextList:
			for _, s := range v.Lists[i] {
				n += int64(len(s)) + 4
			}
		case Int32List:
			n += int64(4 * len(v.IntsOf[i]))
		}
	}
	return n
}

func (b *Batch) vector(name string) *Vector {
	c := b.Table.Column(name)
	if c < 0 {
		panic("table " + b.Table.Name + " has no column " + name)
	}
	return &b.Cols[c]
}

// Text is the value of a text or date column; "" where it is null.
func (b *Batch) Text(name string, i int) string { return b.vector(name).Texts[i] }

// Int is the value of an integer column; ifNull where it is null.
func (b *Batch) Int(name string, i int, ifNull int) int {
	return intOr(b.vector(name).Ints[i], ifNull)
}

func intOr(n int64, ifNull int) int {
	if n == NullInt {
		return ifNull
	}
	return int(n)
}

// RunEnd is the end of the run of rows from row i on that have the same value in a text column.
func (b *Batch) RunEnd(name string, i int) int {
	texts := b.vector(name).Texts
	end := i + 1
	for end < b.N && texts[end] == texts[i] {
		end++
	}
	return end
}

// Float is the value of a float column, nil where it is null.
func (b *Batch) Float(name string, i int) *float64 {
	f := b.vector(name).Floats[i]
	if math.IsNaN(f) {
		return nil
	}
	return &f
}

// Bool is the value of a bool column.
func (b *Batch) Bool(name string, i int) bool { return b.vector(name).Bools[i] }

// List is the value of a list<string> column, nil if empty.
func (b *Batch) List(name string, i int) []string { return b.vector(name).Lists[i] }

// IntList is the value of a list<int32> column, nil if empty.
func (b *Batch) IntList(name string, i int) []int32 { return b.vector(name).IntsOf[i] }

// Cell is a value as CSV shows it: a null is "", a list is a JSON array, a truth value true or false.
func (b *Batch) Cell(c, i int) string {
	v := &b.Cols[c]
	switch b.Table.Columns[c].Kind {
	case Text, Date:
		return v.Texts[i]
	case Int32, Int64:
		if v.Ints[i] == NullInt {
			return ""
		}
		return strconv.FormatInt(v.Ints[i], 10)
	case Float64:
		if math.IsNaN(v.Floats[i]) {
			return ""
		}
		return strconv.FormatFloat(v.Floats[i], 'f', -1, 64)
	case Bool:
		return strconv.FormatBool(v.Bools[i])
	case TextList:
		return jsonTexts(v.Lists[i])
	}
	part := make([]string, len(v.IntsOf[i]))
	for k, n := range v.IntsOf[i] {
		part[k] = strconv.Itoa(int(n))
	}
	return "[" + strings.Join(part, ",") + "]"
}

// Unknown lists the values of enumerations that the column lists do not name, as "table.column=value", each once;
// it is empty for rows that keep the contract.
func (b *Batch) Unknown() (out []string) {
	seen := map[string]bool{}
	for c, col := range b.Table.Columns {
		if col.Values == nil {
			continue
		}
		known := map[string]bool{"": col.Nullable}
		for _, v := range col.Values {
			known[v.Name] = true
		}
		for _, s := range b.Cols[c].Texts {
			if !known[s] && !seen[col.Name+"="+s] {
				seen[col.Name+"="+s] = true
				out = append(out, b.Table.Name+"."+col.Name+"="+s)
			}
		}
	}
	return out
}

// Set is one batch for each table of a stage.
type Set struct {
	tables []*Table
	by     map[string]*Batch
}

// NewSet makes empty batches for the tables.
func NewSet(tables []*Table) *Set {
	s := &Set{tables: tables, by: map[string]*Batch{}}
	for _, t := range tables {
		s.by[t.Name] = NewBatch(t)
	}
	return s
}

// Table returns the batch of the named table; nil if the set has none of that name.
func (s *Set) Table(name string) *Batch { return s.by[name] }

// Batches returns the batches in the order of the tables.
func (s *Set) Batches() []*Batch {
	out := make([]*Batch, len(s.tables))
	for i, t := range s.tables {
		out[i] = s.by[t.Name]
	}
	return out
}

// Size is the sum of the batches' sizes.
func (s *Set) Size() (n int64) {
	for _, b := range s.by {
		n += b.size
	}
	return n
}

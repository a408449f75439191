package report

import (
	"slices"
	"strings"

	"caipan/report/agreement"
)

// Bounds of what a regression may rest on.
const (
	minCategory     = 10 // parties in a category, else it joins the reference of its predictor
	eventsPerColumn = 5  // parties of the rarer outcome for each column (Vittinghoff and McCulloch 2007, Am. J. Epidemiol. 165:710-718)
	minClass        = 10 // parties of a type of liability in a model of types
)

// modelTerm is one column of a design: a category of a predictor against its reference.
type modelTerm struct {
	Predictor *Predictor
	Category  string
	Reference string
	Parties   int
	Liable    int
}

func (t *modelTerm) name() string { return t.Predictor.ID + "=" + t.Category }

// leftOut is a predictor that is not in the model and why (a key of modelWords).
type leftOut struct {
	Predictor *Predictor
	Why       string
}

// modelFrame is what all models of one table share: the rows compared, the columns, and what was left out.
type modelFrame struct {
	o      *observations
	table  *ModelTable
	rows   []int
	class  []string // of each row
	liable []bool
	terms  []modelTerm
	out    []leftOut
	events int // parties held liable among the rows
}

// frame takes the parties that are liable or not (own liability, orders without money and what was not read lie
// outside) and, in order of rank, as many predictors as the rarer outcome allows.
func (o *observations) frame(t *ModelTable) *modelFrame {
	f := &modelFrame{o: o, table: t}
	class := o.column("ruling.class")
	for row := range o.n {
		c := class.at(row)
		if c == "" {
			continue
		}
		f.rows, f.class, f.liable = append(f.rows, row), append(f.class, c), append(f.liable, c != "none")
		if c != "none" {
			f.events++
		}
	}
	if f.events < MinLiable {
		return f
	}
	f.choose(min(f.events, len(f.rows)-f.events) / eventsPerColumn)
	return f
}

// choose adds predictors until limit columns are used.
func (f *modelFrame) choose(limit int) {
	f.terms, f.out = nil, nil
	distinct := f.distinct()
	for i := range f.table.Predictors {
		p := &f.table.Predictors[i]
		terms, why := f.termsOf(p)
		if why == "" && len(f.terms)+len(terms) > limit {
			why = "too_few"
		}
		if why == "" {
			f.terms = append(f.terms, terms...)
			distinct.terms = f.terms
			if distinct.design(true, nil).Check(-1) == nil {
				continue
			}
			f.terms, why = f.terms[:len(f.terms)-len(terms)], "determined"
		}
		f.out = append(f.out, leftOut{p, why})
	}
}

// distinct is the frame with one row for each combination of categories, enough to see which columns others determine.
func (f *modelFrame) distinct() *modelFrame {
	g := &modelFrame{o: f.o, table: f.table}
	keys := make([][]byte, len(f.rows))
	for i := range f.table.Predictors {
		number := map[string]byte{}
		for row, c := range f.categories(&f.table.Predictors[i]) {
			k, ok := number[c]
			if !ok {
				k = byte(len(number))
				number[c] = k
			}
			keys[row] = append(keys[row], k)
		}
	}
	seen := map[string]bool{}
	for i, k := range keys {
		if !seen[string(k)] {
			seen[string(k)] = true
			g.rows = append(g.rows, f.rows[i])
		}
	}
	return g
}

// termsOf gives the columns of a predictor, or why it has none: known of under one in ten, or one category only.
func (f *modelFrame) termsOf(p *Predictor) (terms []modelTerm, why string) {
	n, liable, known := map[string]int{}, map[string]int{}, 0
	of := f.categories(p)
	for i := range f.rows {
		n[of[i]]++
		liable[of[i]] += bitOf(f.liable[i])
		known += bitOf(of[i] != notStated)
	}
	if float64(known) < (1-unmeasurable)*float64(len(f.rows)) {
		return nil, "rare"
	}
	order := make([]string, 0, len(p.Groups)+1)
	for _, g := range p.Groups {
		order = append(order, g.Column)
	}
	order = append(order, notStated)
	reference := p.Reference
	if n[reference] < minCategory {
		reference = slices.MaxFunc(order, func(a, b string) int { return n[a] - n[b] })
	}
	for _, c := range order {
		if c != reference && n[c] >= minCategory {
			terms = append(terms, modelTerm{p, c, reference, n[c], liable[c]})
		}
	}
	if len(terms) == 0 {
		return nil, "one_category"
	}
	return terms, ""
}

// categories of a predictor, one a row of the frame.
func (f *modelFrame) categories(p *Predictor) []string {
	column := f.o.column(columnName(p.Column))
	of := []string{p.category("")}
	if column != nil {
		for _, w := range column.words {
			of = append(of, p.category(w))
		}
	}
	out := make([]string, len(f.rows))
	for i, row := range f.rows {
		out[i] = of[column.code(row)]
	}
	return out
}

// design is the matrix of the terms, with an intercept if wanted, clustered by the names given (nil: not clustered).
func (f *modelFrame) design(intercept bool, cluster *interned) agreement.Design {
	d := agreement.Design{X: make([][]float64, len(f.rows))}
	if intercept {
		d.Names = append(d.Names, "(intercept)")
	}
	width := len(f.terms)
	for i, row := range f.rows {
		d.X[i] = make([]float64, 0, width+1)
		if intercept {
			d.X[i] = append(d.X[i], 1)
		}
		if cluster != nil {
			d.Cluster = append(d.Cluster, cluster.at(row))
		}
	}
	var references []string
	for k := 0; k < width; {
		p := f.terms[k].Predictor
		of := f.categories(p)
		references = append(references, p.ID+": "+f.terms[k].Reference)
		for ; k < width && f.terms[k].Predictor == p; k++ {
			d.Names = append(d.Names, f.terms[k].name())
			for i := range f.rows {
				d.X[i] = append(d.X[i], float64(bitOf(of[i] == f.terms[k].Category)))
			}
		}
	}
	d.Reference = strings.Join(references, ", ")
	return d
}

// only gives the frame of the rows whose class is among the classes.
func (f *modelFrame) only(classes []string) *modelFrame {
	g := &modelFrame{o: f.o, table: f.table}
	for i, c := range f.class {
		if slices.Contains(classes, c) {
			g.rows, g.class, g.liable = append(g.rows, f.rows[i]), append(g.class, c), append(g.liable, f.liable[i])
			g.events += bitOf(f.liable[i])
		}
	}
	return g
}

// cutOutcome parts "joint: breach=yes" into outcome and column.
func cutOutcome(name string) (outcome, column string, ok bool) { return strings.Cut(name, ": ") }

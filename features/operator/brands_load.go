package operator

import (
	"fmt"
	"slices"
	"strings"

	"caipan/model/vocabulary"
	"caipan/model/vocabulary/yamltree"
)

// brandReader reads files of brands and notes every fault with its line.
type brandReader struct {
	services, profits []string
	faults            yamltree.Faults
	places            map[string]string // of each brand in the file being read
}

func newBrandReader() (*brandReader, error) {
	voc, err := vocabulary.Load()
	if err != nil {
		return nil, err
	}
	b := &brandReader{services: []string{KindOtherNSP}}
	for variable, into := range map[string]*[]string{"service_type": &b.services, "profit_mode": &b.profits} {
		if v := voc.Variable(variable); v != nil {
			for _, value := range v.Values {
				*into = append(*into, value.ID)
			}
		}
	}
	return b, nil
}

// read gives the brands of one file.
func (b *brandReader) read(file string, src []byte) (out []brand) {
	n := yamltree.Parse(file, src, &b.faults)
	if n == nil {
		return nil
	}
	b.places = map[string]string{}
	r := yamltree.Read(n, "the table", &b.faults)
	for _, item := range r.Items("brands") {
		out = append(out, b.brand(item))
	}
	r.Done()
	return out
}

func (b *brandReader) brand(n *yamltree.Node) brand {
	r := yamltree.Read(n, "a brand", &b.faults)
	out := brand{Brand: r.Text("brand")}
	what := fmt.Sprintf("brand %q", out.Brand)
	r.Name(what)
	if old, twice := b.places[out.Brand]; twice {
		b.faults.Add(n, what+" stands already in line "+old, "put its companies together")
	}
	b.places[out.Brand] = fmt.Sprint(n.Line)
	out.Aliases, out.Group = r.Words("aliases"), r.Maybe("group")
	b.names(r, &out, what)
	if r.Get("service_type") != nil {
		out.ServiceType = r.OneOf("service_type", b.services...)
	}
	if r.Get("profit") != nil {
		r.OneOf("profit", b.profits...)
	}
	for _, item := range r.Items("companies") {
		c := b.company(item, what)
		if slices.ContainsFunc(out.Companies, c.meets) {
			b.faults.Add(item, fmt.Sprintf("%s: %s stands twice for the same time", what, c.Name), "keep one row, or give from and to that do not meet")
		}
		out.Companies = append(out.Companies, c)
	}
	r.Done()
	return out
}

// names reads which of the brand's names are ordinary words, and the longer words in which they mean something else.
func (b *brandReader) names(r *yamltree.Reader, out *brand, what string) {
	names := append([]string{out.Brand}, out.Aliases...)
	out.Common, out.Unless = r.Words("common"), r.Words("unless")
	for _, w := range out.Common {
		if !slices.Contains(names, w) {
			b.faults.Add(r.At("common"), fmt.Sprintf("%s: %q is none of its names", what, w), "common takes the brand or aliases that are ordinary words too")
		}
	}
	for _, longer := range out.Unless {
		if !slices.ContainsFunc(names, func(name string) bool { return longer != name && strings.Contains(longer, name) }) {
			b.faults.Add(r.At("unless"), fmt.Sprintf("%s: %q holds none of its names", what, longer), "unless takes longer words in which the brand or an alias stands")
		}
	}
}

func (b *brandReader) company(n *yamltree.Node, of string) company {
	r := yamltree.Read(n, "a company of "+of, &b.faults)
	c := company{Name: r.Text("name")}
	r.Name(fmt.Sprintf("company %q of %s", c.Name, of))
	c.Role = r.OneOf("role", roleOperator, roleOwnSales, roleAffiliate)
	c.From, c.To = r.Date("from"), r.Date("to")
	if c.From != "" && c.To != "" && c.To < c.From {
		b.faults.Add(r.At("to"), fmt.Sprintf("%s: %s is over before it begins", of, c.Name), "write the first day in from and the last in to")
	}
	r.Done()
	return c
}

// meets reports whether two rows are of one company and apply on one day.
func (c *company) meets(d company) bool {
	return foldName(c.Name) == foldName(d.Name) &&
		(c.To == "" || d.From == "" || d.From <= c.To) && (d.To == "" || c.From == "" || c.From <= d.To)
}

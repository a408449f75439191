package dataset

import (
	"bufio"
	"fmt"
	"io"
	"strings"
)

// ImportR writes a script for base R that reads the CSV twin of the table with its types; enumerations become factors with
// labels in lang. The result is a data frame of the table's name with the column labels as attribute "label".
func ImportR(w io.Writer, t *Table, lang string) error {
	b := bufio.NewWriter(w)
	fmt.Fprintf(b, "# %s\n# Reads %s.csv beside the report's other CSV tables: source(\"%s.R\")\n", pick(lang, t.EN, t.ZH), t.Name, t.Name)
	fmt.Fprintf(b, "if (!exists(\"csv_dir\")) csv_dir <- \"../csv\"\n")
	fmt.Fprintf(b, "%s <- read.csv(file.path(csv_dir, \"%s.csv\"), fileEncoding = \"UTF-8-BOM\", colClasses = \"character\", na.strings = \"\", check.names = FALSE)\n", t.Name, t.Name)
	for _, c := range t.Columns {
		col := fmt.Sprintf("%s$%s", t.Name, c.Name)
		switch {
		case c.Values != nil:
			var names, labels []string
			for _, v := range c.Values {
				names, labels = append(names, rText(v.Name)), append(labels, rText(pick(lang, v.EN, v.ZH)))
			}
			fmt.Fprintf(b, "%s <- factor(%s, levels = c(%s), labels = c(%s))\n", col, col, strings.Join(names, ", "), strings.Join(labels, ", "))
		case c.Kind == Int32:
			fmt.Fprintf(b, "%s <- as.integer(%s)\n", col, col)
		case c.Kind == Int64 || c.Kind == Float64:
			fmt.Fprintf(b, "%s <- as.numeric(%s)\n", col, col)
		case c.Kind == Date:
			fmt.Fprintf(b, "%s <- as.Date(%s)\n", col, col)
		case c.Kind == Bool:
			fmt.Fprintf(b, "%s <- %s == \"true\"\n", col, col)
		}
		fmt.Fprintf(b, "attr(%s, \"label\") <- %s\n", col, rText(pick(lang, c.EN, c.ZH)))
	}
	return b.Flush()
}

func rText(s string) string {
	return `"` + strings.NewReplacer(`\`, `\\`, `"`, `\"`, "\n", " ").Replace(s) + `"`
}

// ImportStata writes a do file that reads the CSV twin of the table with variable labels and, for enumerations, value
// labels in lang. Stata 14 or later (UTF-8). Names of variables are those of the columns: all have at most 32 characters.
func ImportStata(w io.Writer, t *Table, lang string) error {
	b := bufio.NewWriter(w)
	fmt.Fprintf(b, "* %s\n* Reads %s.csv: run it in the folder that holds this file.\nversion 14\n", pick(lang, t.EN, t.ZH), t.Name)
	fmt.Fprintf(b, "import delimited using \"../csv/%s.csv\", varnames(1) case(preserve) encoding(\"UTF-8\") stringcols(_all) bindquote(strict) maxquotedrows(unlimited) clear\n", t.Name)
	for _, c := range t.Columns {
		switch {
		case c.Values != nil:
			fmt.Fprintf(b, "label define %s_l", c.Name)
			for i, v := range c.Values {
				fmt.Fprintf(b, " %d %s", i+1, stataText(v.Name))
			}
			fmt.Fprintf(b, "\nencode %s, generate(%s_n) label(%s_l) noextend\ndrop %s\nrename %s_n %s\n", c.Name, c.Name, c.Name, c.Name, c.Name, c.Name)
			for i, v := range c.Values {
				fmt.Fprintf(b, "label define %s_l %d %s, modify\n", c.Name, i+1, stataText(pick(lang, v.EN, v.ZH)))
			}
		case c.Kind == Int32 || c.Kind == Int64 || c.Kind == Float64:
			fmt.Fprintf(b, "destring %s, replace\n", c.Name)
		case c.Kind == Date:
			fmt.Fprintf(b, "generate %s_n = daily(%s, \"YMD\")\nformat %s_n %%td\ndrop %s\nrename %s_n %s\n", c.Name, c.Name, c.Name, c.Name, c.Name, c.Name)
		case c.Kind == Bool:
			fmt.Fprintf(b, "generate byte %s_n = %s == \"true\"\ndrop %s\nrename %s_n %s\n", c.Name, c.Name, c.Name, c.Name, c.Name)
		}
		fmt.Fprintf(b, "label variable %s %s\n", c.Name, stataText(pick(lang, c.EN, c.ZH)))
	}
	fmt.Fprintf(b, "order %s\n", strings.Join(columnNames(t), " "))
	return b.Flush()
}

func columnNames(t *Table) (out []string) {
	for _, c := range t.Columns {
		out = append(out, c.Name)
	}
	return out
}

// stataText quotes a text in Stata's compound quotes.
func stataText(s string) string { return "`\"" + strings.ReplaceAll(s, "\n", " ") + "\"'" }

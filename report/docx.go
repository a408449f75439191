package report

import (
	"archive/zip"
	"encoding/xml"
	"fmt"
	"io"
	"strings"
)

// WriteDocx writes the table as a Word document in the three-line form (三线表) of Chinese journals: a thick line
// above and below, a thin one under the head, no vertical lines; Times New Roman with SimSun, caption above, notes
// below. Equal tables give equal bytes: the archive carries no date.
func (t *Table) WriteDocx(w io.Writer) error {
	z := zip.NewWriter(w)
	for _, f := range [][2]string{
		{"[Content_Types].xml", docxTypes}, {"_rels/.rels", docxRels}, {"word/document.xml", t.docxBody()},
	} {
		out, err := z.CreateHeader(&zip.FileHeader{Name: f[0], Method: zip.Deflate})
		if err != nil {
			return fmt.Errorf("docx of table %s: %w", t.Name, err)
		}
		if _, err := io.WriteString(out, xml.Header+f[1]); err != nil {
			return fmt.Errorf("docx of table %s: %w", t.Name, err)
		}
	}
	return z.Close()
}

const (
	docxTypes = `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>`
	docxRels  = `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>`
	docxOpen  = `<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>`
	docxClose = `<w:sectPr><w:pgSz w:w="%d" w:h="%d"%s/><w:pgMar w:top="1134" w:right="1134" w:bottom="1134" w:left="1134" w:header="709" w:footer="709" w:gutter="0"/></w:sectPr></w:body></w:document>`
)

// Line widths in eighths of a point: 1.5 pt outside, 0.75 pt under the head.
const thick, thin = 12, 6

func (t *Table) docxBody() string {
	var b strings.Builder
	b.WriteString(docxOpen)
	docxParagraph(&b, t.Caption, "center", 21, true)
	w := t.widths()
	total := 0
	for _, n := range w {
		total += n
	}
	pageW, pageH, orient, room := 11906, 16838, "", 9638
	if total > 95 { // wider than an upright page can show at 9 pt
		pageW, pageH, orient, room = 16838, 11906, ` w:orient="landscape"`, 14570
	}
	b.WriteString(`<w:tbl><w:tblPr><w:tblW w:w="5000" w:type="pct"/><w:jc w:val="center"/><w:tblBorders>`)
	fmt.Fprintf(&b, `<w:top w:val="single" w:sz="%d" w:space="0" w:color="auto"/><w:bottom w:val="single" w:sz="%d" w:space="0" w:color="auto"/>`, thick, thick)
	b.WriteString(`</w:tblBorders><w:tblLayout w:type="fixed"/><w:tblCellMar><w:left w:w="57" w:type="dxa"/><w:right w:w="57" w:type="dxa"/></w:tblCellMar></w:tblPr><w:tblGrid>`)
	for i, share := range t.shares() {
		w[i] = int(float64(room) * share)
		fmt.Fprintf(&b, `<w:gridCol w:w="%d"/>`, w[i])
	}
	b.WriteString(`</w:tblGrid>`)
	t.docxRow(&b, t.Head, w, true, false)
	for i, row := range t.Rows {
		t.docxRow(&b, row, w, false, t.ruled(i))
	}
	b.WriteString(`</w:tbl>`)
	for _, n := range t.Notes {
		docxParagraph(&b, n, "left", 18, false)
	}
	fmt.Fprintf(&b, docxClose, pageW, pageH, orient)
	return b.String()
}

func (t *Table) docxRow(b *strings.Builder, row []string, widths []int, head, above bool) {
	b.WriteString(`<w:tr><w:trPr><w:cantSplit/>`)
	if head {
		b.WriteString(`<w:tblHeader/>`)
	}
	b.WriteString(`</w:trPr>`)
	for i, c := range row {
		fmt.Fprintf(b, `<w:tc><w:tcPr><w:tcW w:w="%d" w:type="dxa"/>`, widths[i])
		if head {
			fmt.Fprintf(b, `<w:tcBorders><w:bottom w:val="single" w:sz="%d" w:space="0" w:color="auto"/></w:tcBorders>`, thin)
		} else if above {
			fmt.Fprintf(b, `<w:tcBorders><w:top w:val="single" w:sz="%d" w:space="0" w:color="auto"/></w:tcBorders>`, thin)
		}
		b.WriteString(`</w:tcPr>`)
		align := "right"
		if i < t.Left {
			align = "left"
		}
		docxParagraph(b, c, align, 18, false)
		b.WriteString(`</w:tc>`)
	}
	b.WriteString(`</w:tr>`)
}

// docxParagraph writes a paragraph; size is in half points.
func docxParagraph(b *strings.Builder, s, align string, size int, bold bool) {
	fmt.Fprintf(b, `<w:p><w:pPr><w:spacing w:before="20" w:after="20"/><w:jc w:val="%s"/></w:pPr><w:r><w:rPr><w:rFonts w:ascii="Times New Roman" w:hAnsi="Times New Roman" w:eastAsia="SimSun" w:cs="Times New Roman"/>`, align)
	if bold {
		b.WriteString(`<w:b/>`)
	}
	fmt.Fprintf(b, `<w:sz w:val="%d"/><w:szCs w:val="%d"/></w:rPr><w:t xml:space="preserve">`, size, size)
	xml.EscapeText(b, []byte(s)) // a strings.Builder does not fail; EscapeText replaces what XML cannot hold
	b.WriteString(`</w:t></w:r></w:p>`)
}

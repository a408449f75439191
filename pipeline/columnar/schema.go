// Package columnar is the only user of Parquet libraries: it writes batches of pipeline/dataset with Apache Arrow's
// Parquet writer, reads them back, reads other people's Parquet files, and reads our own a second time with an
// independent library (xitongsys/parquet-go) to compare.
//
// Equal rows give equal bytes: dictionaries stand on columns of few values only and never overflow, row groups
// close at a fixed number of rows or bytes, metadata is set in one place, one zstd encoder serves all. It knows
// no law and no tables but the column lists it is given. Imported by pipeline, report and cmd.
package columnar

import (
	"fmt"

	"caipan/pipeline/dataset"

	"github.com/apache/arrow/go/v17/arrow/memory"
	"github.com/apache/arrow/go/v17/parquet"
	"github.com/apache/arrow/go/v17/parquet/compress"
	"github.com/apache/arrow/go/v17/parquet/schema"
)

var required, optional = parquet.Repetitions.Required, parquet.Repetitions.Optional

// parquetSchema is the Parquet schema of a table: one leaf for each column, in the same order.
func parquetSchema(t *dataset.Table) (*schema.GroupNode, error) {
	var fields schema.FieldList
	for _, c := range t.Columns {
		n, err := columnNode(c)
		if err != nil {
			return nil, fmt.Errorf("table %s, column %s: %w", t.Name, c.Name, err)
		}
		fields = append(fields, n)
	}
	return schema.NewGroupNode(t.Name, required, fields, -1)
}

func columnNode(c dataset.Column) (schema.Node, error) {
	rep := required
	if c.Nullable {
		rep = optional
	}
	switch c.Kind {
	case dataset.Text:
		return schema.NewPrimitiveNodeLogical(c.Name, rep, schema.StringLogicalType{}, parquet.Types.ByteArray, -1, -1)
	case dataset.Date:
		return schema.NewPrimitiveNodeLogical(c.Name, rep, schema.DateLogicalType{}, parquet.Types.Int32, -1, -1)
	case dataset.Int32:
		return schema.NewInt32Node(c.Name, rep, -1), nil
	case dataset.Int64:
		return schema.NewInt64Node(c.Name, rep, -1), nil
	case dataset.Float64:
		return schema.NewFloat64Node(c.Name, rep, -1), nil
	case dataset.Bool:
		return schema.NewBooleanNode(c.Name, rep, -1), nil
	case dataset.TextList:
		e, err := schema.NewPrimitiveNodeLogical("element", required, schema.StringLogicalType{}, parquet.Types.ByteArray, -1, -1)
		if err != nil {
			return nil, err
		}
		return listNode(c.Name, e)
	case dataset.Int32List:
		return listNode(c.Name, schema.NewInt32Node("element", required, -1))
	}
	return nil, fmt.Errorf("kind %d has no Parquet type", c.Kind)
}

// listNode is the standard three-level list; neither the list nor its elements can be null.
func listNode(name string, element schema.Node) (schema.Node, error) {
	group, err := schema.NewGroupNode("list", parquet.Repetitions.Repeated, schema.FieldList{element}, -1)
	if err != nil {
		return nil, err
	}
	return schema.NewGroupNodeLogical(name, required, schema.FieldList{group}, schema.NewListLogicalType(), -1)
}

// properties turn dictionaries on for columns of few values only. Their limit is never reached within a row group,
// since a fallback to plain pages would make the footer follow map order.
func properties(t *dataset.Table) *parquet.WriterProperties {
	opts := []parquet.WriterProperty{
		parquet.WithAllocator(memory.NewGoAllocator()), parquet.WithVersion(parquet.V2_LATEST),
		parquet.WithDataPageVersion(parquet.DataPageV1), parquet.WithCreatedBy("caipan"), parquet.WithRootName(t.Name),
		parquet.WithDictionaryDefault(false), parquet.WithDictionaryPageSizeLimit(1 << 30),
		parquet.WithCompression(compress.Codecs.Zstd), parquet.WithDataPageSize(1 << 20), parquet.WithStats(true),
	}
	for _, c := range t.Columns {
		if c.Few {
			opts = append(opts, parquet.WithDictionaryFor(c.Name, true))
		}
		if c.Few || c.Long || c.Kind == dataset.TextList || c.Name == "quote" { // their least and greatest say nothing
			opts = append(opts, parquet.WithStatsFor(c.Name, false))
		}
	}
	return parquet.NewWriterProperties(opts...)
}

// Package ruling reads the operative part (判决主文) of a judgment: who must pay or do what, with which words of
// liability, and what the last instance leaves standing of the judgments below it.
//
// A small grammar (docs/METHODS-ruling.md) cuts the operative part into items and clauses, finds debtor, creditor,
// verb, sum and scope of each clause, and composes the instances; the words are data (ruling.yaml). The reasoning is
// heard as a second witness only where bare sums do not say whether they are shares. The package says nothing about
// why a party was held liable, and it drops no order: one whose debtor cannot be resolved becomes a row without
// party. Imported by features.
package ruling

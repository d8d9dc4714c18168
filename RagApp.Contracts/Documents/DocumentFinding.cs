namespace RagApp.Contracts.Documents;

/// <summary>Confidential data of one kind found in a version of a document; the record never holds the data itself.</summary>
/// <param name="Detector">Kind of data, for example <c>payment-card</c>.</param>
/// <param name="Action">Action that was taken.</param>
/// <param name="Count">Number of occurrences.</param>
/// <param name="Pages">Pages with the data, in order; empty when the format has no pages.</param>
/// <param name="InName">True when the data is in the path, source or tags, or in the name of a file inside the document.</param>
public sealed record DocumentFinding(string Detector, DlpAction Action, int Count, IReadOnlyList<int> Pages, bool InName);

namespace RagApp.Contracts.Documents;

/// <summary>Confidential data of one kind in a version of a document; never the data itself.</summary>
/// <param name="Detector">What it is, for example <c>payment-card</c>.</param>
/// <param name="Action">What was done about it.</param>
/// <param name="Count">How often it was found.</param>
/// <param name="Pages">Pages it is on, in order; empty when the format has none.</param>
/// <param name="InName">Whether it is in the path, source or tags, or in the name of a file inside the file.</param>
public sealed record DocumentFinding(string Detector, DlpAction Action, int Count, IReadOnlyList<int> Pages, bool InName);

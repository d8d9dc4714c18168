using RagApp.Contracts.Documents;

namespace RagApp.Storage.Documents;

/// <summary>What was found in a version when it was looked through for confidential data.</summary>
/// <param name="Action">The strictest of what was done about the findings; <see cref="DlpAction.Allow"/> when there are none.</param>
/// <param name="Findings">By detector.</param>
public sealed record Screening(DlpAction Action, IReadOnlyList<DocumentFinding> Findings);

/// <summary>How an operator decided about a version in quarantine.</summary>
/// <param name="By">Who, as they said.</param>
public sealed record QuarantineDecision(bool Released, string By, DateTimeOffset At, string? Why);

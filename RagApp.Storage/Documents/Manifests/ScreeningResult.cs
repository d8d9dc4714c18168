using RagApp.Contracts.Documents;

namespace RagApp.Storage.Documents.Manifests;

/// <summary>Result of the search for confidential data in a version.</summary>
/// <param name="Action">The strictest action taken for the findings; <see cref="DlpAction.Allow"/> when there are none.</param>
/// <param name="Findings">Findings by detector.</param>
public sealed record ScreeningResult(DlpAction Action, IReadOnlyList<DocumentFinding> Findings);

/// <summary>An operator's decision about a version in quarantine.</summary>
/// <param name="By">Name of the operator, as given by the operator.</param>
public sealed record QuarantineDecision(bool Released, string By, DateTimeOffset At, string? Why);

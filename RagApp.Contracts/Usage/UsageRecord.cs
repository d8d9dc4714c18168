using System.Text.Json.Serialization;

namespace RagApp.Contracts.Usage;

/// <summary>The tokens and the cost of one model call, or of all calls of a day together once they are old. It names who called and holds no text.</summary>
/// <param name="Id">Id of the call; a record that is appended twice counts once.</param>
/// <param name="At">Start of the call by the ledger's clock; it decides the day and the month that pay.</param>
/// <param name="KeyId">Id of the caller's API key; null for a person without one and for background work.</param>
/// <param name="Feature">Part of the program that called, such as <c>answers</c>.</param>
/// <param name="MicroDollars">Cost of the call in millionths of a US dollar.</param>
/// <param name="SettledAt">End of the call by the ledger's clock.</param>
/// <param name="IsCounted">True when this program counted the tokens because the provider reported none.</param>
public sealed record UsageRecord(
    string Id,
    DateTimeOffset At,
    string Tenant,
    string? KeyId,
    string Model,
    string Feature,
    long InputTokens,
    long OutputTokens,
    long MicroDollars,
    DateTimeOffset SettledAt,
    bool IsCounted)
{
    /// <summary>Number of further calls that the record sums up; 0 for the record of one call. Old calls are summed by day, key, model and feature.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public long FurtherCalls { get; init; }
}

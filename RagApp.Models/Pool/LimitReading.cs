namespace RagApp.Models.Pool;

/// <summary>State of one of a key's limits as the provider reports it; null for each part that it does not report.</summary>
/// <param name="Limit">Size of the limit.</param>
/// <param name="Remaining">Part of the limit that is left.</param>
/// <param name="Reset">Time until the whole limit is there again.</param>
internal sealed record LimitReading(double? Limit, double? Remaining, TimeSpan? Reset);

/// <summary>A provider's report of the limits of a key.</summary>
internal sealed record LimitReadings(LimitReading Requests, LimitReading Tokens);

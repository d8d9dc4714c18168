namespace RagApp.Contracts.Http;

/// <summary>An error as services report it: problem details, RFC 9457.</summary>
public sealed record Problem(string? Type, string? Title, int? Status, string? Detail);

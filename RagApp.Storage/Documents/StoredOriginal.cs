namespace RagApp.Storage.Documents;

/// <summary>An original that has arrived whole.</summary>
/// <param name="Id">Name to open it by.</param>
/// <param name="Sha256">Of its bytes, lower-case hex.</param>
public sealed record StoredOriginal(string Id, string Sha256, long Size);

namespace RagApp.Storage.Documents.Originals;

/// <summary>An original that was stored completely.</summary>
/// <param name="Id">Id to open the original with.</param>
/// <param name="Sha256">SHA-256 of the bytes, lower-case hex.</param>
public sealed record StoredOriginal(string Id, string Sha256, long Size);

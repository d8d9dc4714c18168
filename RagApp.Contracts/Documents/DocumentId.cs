namespace RagApp.Contracts.Documents;

/// <summary>Format of a document's id: 32 lower-case hex digits, made from tenant and path.</summary>
public static class DocumentId
{
    /// <summary>Sentence for a document that does not exist or that the caller may not read; the caller cannot tell the two apart.</summary>
    public const string Unknown = "There is no such document, or none that you may read. 'GET /v1/documents' lists those that you may.";

    private const int Length = 32;

    public static bool IsValid(string id) => id.Length == Length && id.All(char.IsAsciiHexDigitLower);
}

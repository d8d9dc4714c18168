namespace RagApp.Ingestion.Parsing.Child;

/// <summary>Opens a file for reading it; a file that is not there is a result too.</summary>
internal static class ChildReader
{
    public static ParseResult Read(string path, Func<FileStream, ParseResult> read)
    {
        try
        {
            using var file = File.OpenRead(path);
            return read(file);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return ParseResult.Without(ParseOutcome.Refused, $"The file cannot be opened: {exception.Message}");
        }
    }
}

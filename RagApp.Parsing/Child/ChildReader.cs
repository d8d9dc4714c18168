namespace RagApp.Parsing.Child;

/// <summary>Opens and reads a file; a missing file gives a result too.</summary>
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

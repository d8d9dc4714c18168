namespace RagApp.Parsing.Formats.Rtf;

internal enum RtfDestination
{
    Text,
    Skipped,
    ListNumber,
    Fonts,
    Styles,
    Information,
    Title,
    Author,
    Created,
    Modified,
}

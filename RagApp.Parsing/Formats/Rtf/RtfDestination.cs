namespace RagApp.Parsing.Formats.Rtf;

internal enum RtfDestination
{
    Text,
    Skipped,
    Fonts,
    Styles,
    Information,
    Title,
    Author,
    Created,
    Modified,
}

namespace RagApp.Parsing.Formats.Runs;

/// <summary>Height of a run of text in its line.</summary>
internal enum Baseline
{
    Normal,
    Super,
    Sub,
}

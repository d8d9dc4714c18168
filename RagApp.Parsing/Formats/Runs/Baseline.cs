namespace RagApp.Parsing.Formats.Runs;

/// <summary>Where a run of text stands in its line.</summary>
internal enum Baseline
{
    Normal,
    Super,
    Sub,
}

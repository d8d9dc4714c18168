namespace RagApp.Parsing.Formats.Runs;

/// <summary>Where a run of text stands in its line.</summary>
internal enum Baseline
{
    Normal,
    Super,
    Sub,
}

/// <summary>The looks of a run of text that change what it says.</summary>
/// <param name="Struck">True for text that is struck out.</param>
internal readonly record struct RunStyle(Baseline Baseline, bool Struck, bool Bold);

namespace RagApp.Parsing.Formats.Runs;

/// <summary>The looks of a run of text that change what it says.</summary>
/// <param name="Struck">True for text that is struck out.</param>
internal readonly record struct RunStyle(Baseline Baseline, bool Struck, bool Bold);

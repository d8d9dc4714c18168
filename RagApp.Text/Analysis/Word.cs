namespace RagApp.Text.Analysis;

/// <summary>A word as an analyser returns it, with its position in the text.</summary>
internal readonly record struct Word(string Text, int Start, int End);

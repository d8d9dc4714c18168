namespace RagApp.Storage.Analysis;

/// <summary>A word as an analyser gives it, and where in the text it stood.</summary>
internal readonly record struct Word(string Text, int Start, int End);

namespace RagApp.Ingestion.Parsing;

/// <summary>A piece of text in reading order.</summary>
/// <param name="Text">Valid Unicode without NUL, trimmed, never empty.</param>
/// <param name="Level">Depth of a heading, 1 to 6; 0 for everything else.</param>
/// <param name="Page">Page it begins on, from 1; null when the format has no pages.</param>
internal sealed record TextBlock(BlockKind Kind, string Text, int Level, int? Page);

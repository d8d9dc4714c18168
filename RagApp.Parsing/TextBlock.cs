namespace RagApp.Parsing;

/// <summary>A piece of text in reading order.</summary>
/// <param name="Text">The text: valid Unicode without NUL, trimmed, never empty.</param>
/// <param name="Level">Depth of a heading, 1 to 6; 0 for everything else.</param>
/// <param name="Page">The page on which the block begins, from 1; null when the format has no pages.</param>
internal sealed record TextBlock(BlockKind Kind, string Text, int Level, int? Page);

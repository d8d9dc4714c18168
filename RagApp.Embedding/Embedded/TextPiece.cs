using System.Runtime.InteropServices;

namespace RagApp.Embedding.Embedded;

/// <summary>A token of a text with the characters it stands for.</summary>
/// <param name="Start">Position of the first character.</param>
/// <param name="End">Position behind the last character.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct TextPiece(long Id, int Start, int End);

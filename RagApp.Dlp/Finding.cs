using System.Runtime.InteropServices;
using RagApp.Dlp.Text;

namespace RagApp.Dlp;

/// <summary>Something confidential, where it stands in a <see cref="ScannedText"/>. It never holds the value.</summary>
[StructLayout(LayoutKind.Auto)]
public readonly record struct Finding(string Detector, TextSpan Span);

using System.Runtime.InteropServices;
using RagApp.Dlp.Text;

namespace RagApp.Dlp;

/// <summary>The position of confidential data in a <see cref="ScannedText"/>, without the data itself.</summary>
[StructLayout(LayoutKind.Auto)]
public readonly record struct Finding(string Detector, TextSpan Span);

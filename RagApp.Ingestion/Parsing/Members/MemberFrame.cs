namespace RagApp.Ingestion.Parsing.Members;

/// <summary>
/// How members travel from the parser child to the service through its standard output: frames of one byte of
/// kind, four bytes of length (little-endian) and that many bytes. Not TAR: that wants a member's size before its
/// first byte, so the child would have to hold it, and cannot say that a member turned out damaged on the way.
/// <code>
/// Begin {"number":1,"name":"report.pdf","size":20480}
/// Data  ... Data ...
/// Whole                           or Failed: it is damaged, and what came of it is worth nothing
/// Begin ...
/// End   {"outcome":"text", ...}   without this the child was cut off
/// </code>
/// </summary>
internal enum MemberFrame : byte
{
    Begin = 1,
    Data = 2,
    Whole = 3,
    Failed = 4,
    End = 5,
}

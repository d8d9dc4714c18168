namespace RagApp.Parsing.Members;

/// <summary>
/// Frames in which the parser child sends members to the service on standard output: one byte of kind, four bytes of
/// length (little-endian) and that many bytes. TAR is not used: it needs a member's size before its first byte, so the
/// child would have to hold the member in memory, and it cannot report that a member is damaged.
/// <code>
/// Begin {"number":1,"name":"report.pdf","size":20480}
/// Data  ... Data ...
/// Whole                           or Failed: the member is damaged, its bytes are useless
/// Begin ...
/// End   {"outcome":"text", ...}   without this frame the output is incomplete
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

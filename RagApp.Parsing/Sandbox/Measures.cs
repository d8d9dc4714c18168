namespace RagApp.Parsing.Sandbox;

/// <summary>The measures of the sandbox for programs that open documents; each is used where the system supports it.</summary>
[Flags]
internal enum Measures
{
    None = 0,
    NoNewPrivileges = 1,
    NoCapabilities = 2,
    ClosedFiles = 4,
    SystemCalls = 8,
    Files = 16,
    Signals = 32,
    NetworkNamespace = 64,
}

namespace RagApp.Parsing.Sandbox;

/// <summary>
/// The rights of a sandboxed program beyond computing and the paths that every program needs (<see
/// cref="SystemPaths"/>). A path is a file, or a folder with everything below it.
/// </summary>
/// <param name="Read">Paths that the program may read.</param>
/// <param name="Execute">Paths that the program may read and execute.</param>
/// <param name="Write">Paths that the program may read and change.</param>
/// <param name="Sockets">
/// Folders in which the program may create Unix domain sockets and remove files; it cannot connect to any socket.
/// Without a folder it gets no sockets at all.
/// </param>
internal sealed record SandboxRules(
    string[] Read, string[] Execute, string[] Write, string[] Sockets)
{
    public static readonly SandboxRules None = new(Read: [], Execute: [], Write: [], Sockets: []);

    private const string ReadOption = "--read";
    private const string ExecuteOption = "--execute";
    private const string WriteOption = "--write";
    private const string SocketsOption = "--sockets";

    /// <summary>The argument between the rules and the program.</summary>
    private const string End = "--";

    /// <summary>The rules as arguments of <see cref="SandboxEntry"/>.</summary>
    public IEnumerable<string> ToArguments() =>
    [
        .. Read.SelectMany(path => (string[])[ReadOption, path]),
        .. Execute.SelectMany(path => (string[])[ExecuteOption, path]),
        .. Write.SelectMany(path => (string[])[WriteOption, path]),
        .. Sockets.SelectMany(path => (string[])[SocketsOption, path]),
        End,
    ];

    /// <summary>Parses the rules and the program with its arguments.</summary>
    /// <exception cref="ArgumentException">The arguments are not in the form that <see cref="ToArguments"/> writes.</exception>
    public static (SandboxRules Rules, string[] Program) Parse(string[] arguments)
    {
        List<string> read = [], execute = [], write = [], sockets = [];
        for (var at = 0; at < arguments.Length; at++)
        {
            switch (arguments[at])
            {
                case End:
                    return (new SandboxRules(read.ToArray(), execute.ToArray(), write.ToArray(), sockets.ToArray()), arguments[(at + 1)..]);
                case SocketsOption when at + 1 < arguments.Length:
                    sockets.Add(arguments[++at]);
                    break;
                case ReadOption when at + 1 < arguments.Length:
                    read.Add(arguments[++at]);
                    break;
                case ExecuteOption when at + 1 < arguments.Length:
                    execute.Add(arguments[++at]);
                    break;
                case WriteOption when at + 1 < arguments.Length:
                    write.Add(arguments[++at]);
                    break;
                default:
                    throw new ArgumentException($"'{arguments[at]}' is no rule.", nameof(arguments));
            }
        }
        throw new ArgumentException($"There is no '{End}' and no program behind it.", nameof(arguments));
    }
}

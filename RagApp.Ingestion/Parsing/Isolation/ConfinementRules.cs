namespace RagApp.Ingestion.Parsing.Isolation;

/// <summary>
/// What a confined program may do beyond computing and what every program needs (<see cref="SystemPaths"/>). A path is a
/// file, or a folder with all below it.
/// </summary>
/// <param name="Read">What it may read.</param>
/// <param name="Execute">What it may read and execute.</param>
/// <param name="Write">What it may read and change.</param>
/// <param name="Sockets">Folders where it may make Unix domain sockets, and remove files; it can connect to none. Without one it gets no sockets at all.</param>
internal sealed record ConfinementRules(
    string[] Read, string[] Execute, string[] Write, string[] Sockets)
{
    public static readonly ConfinementRules None = new(Read: [], Execute: [], Write: [], Sockets: []);

    private const string ReadOption = "--read";
    private const string ExecuteOption = "--execute";
    private const string WriteOption = "--write";
    private const string SocketsOption = "--sockets";

    /// <summary>In front of the program.</summary>
    private const string End = "--";

    /// <summary>As the command line of <c>confine</c> has them.</summary>
    public IEnumerable<string> ToArguments() =>
    [
        .. Read.SelectMany(path => (string[])[ReadOption, path]),
        .. Execute.SelectMany(path => (string[])[ExecuteOption, path]),
        .. Write.SelectMany(path => (string[])[WriteOption, path]),
        .. Sockets.SelectMany(path => (string[])[SocketsOption, path]),
        End,
    ];

    /// <summary>The rules, and the program with its arguments behind them.</summary>
    /// <exception cref="ArgumentException">They are not as <see cref="ToArguments"/> writes them.</exception>
    public static (ConfinementRules Rules, string[] Program) Parse(string[] arguments)
    {
        List<string> read = [], execute = [], write = [], sockets = [];
        for (var at = 0; at < arguments.Length; at++)
        {
            switch (arguments[at])
            {
                case End:
                    return (new ConfinementRules(read.ToArray(), execute.ToArray(), write.ToArray(), sockets.ToArray()), arguments[(at + 1)..]);
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

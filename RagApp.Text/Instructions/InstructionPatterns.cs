using System.Buffers;
using System.Text.RegularExpressions;

namespace RagApp.Text.Instructions;

/// <summary>The wordings of <see cref="HostileInstructions"/> by language, for text in small letters.</summary>
internal static partial class InstructionPatterns
{
    private const int Timeout = 2_000;
    private const RegexOptions Options = RegexOptions.CultureInvariant;

    /// <summary>Beginnings of words of which each pattern needs one.</summary>
    private static readonly SearchValues<string> Triggers = SearchValues.Create(
    [
        "instruction", "instruk", "instruc", "istruzion", "instruç", "instrukcj", "prompt", "guideline", "directive", "rules", "assistant", "language model", "llm",
        "chatbot", "chat bot", "artificial", " ai ", " ai,", " ai:", " ai.", "<|", "[inst", "[/inst", "<<sys", "passage", "system", "documents_", "the user", "user's",
        "http", "you are now", "regardless", "no matter", "whatever", "everything", "restriction", "constraint", "guardrail", "every question", "any question", "all question",
        "your new ", "your real ", "your true ", "your only ", "your search", "your tool", "your function", "the reader", "the human", "ai:", "ai,", "intelligen", "inteligên",
        "assistent", "nutzer", "linguagem", "lenguaje", "langage", "модель", "интеллект", "助手", "模型", "anweisung", "vorgabe", "befehl", "regeln", "sprachmodell", " ki", "consigne", "règles",
        "modèle", " ia", "órdenes", "indicaciones", "reglas", "indicazioni", "regole", "direttive", "instrucciones", "orientações", "regras", "ordens", "instructies",
        "opdrachten", "regels", "aanwijzingen", "taalmodel", "polece", "zasad", "wytyczn", "инструкц", "указани", "правил", "команд", "промпт", "talimat", "komut", "kural",
        "yönerge", "指令", "指示", "提示", "规则", "命令", "要求", "人工智能", "语言模型", "プロンプト", "ルール", "規則", "言語モデル", "지시", "명령", "프롬프트", "규칙", "지침",
        "التعليمات", "الأوامر", "القواعد", "النظام",
    ], StringComparison.Ordinal);

    public static IReadOnlyList<Regex> All { get; } =
    [
        DropInstructions(), DropEverything(), NewRole(), AddressedToModel(), IfYouAreAModel(), NewPrompt(), ShowPrompt(), HideFromReader(), PutLink(), SendAway(),
        AddressWithBlanks(), ChatMarkers(), CallTools(), WhateverIsAsked(), German(), GermanOther(), French(), FrenchOther(), Spanish(), SpanishOther(), Italian(), ItalianOther(),
        Portuguese(), PortugueseOther(), Dutch(), Polish(), Russian(), RussianOther(), Turkish(), Chinese(), ChineseOther(), Japanese(), JapaneseOther(), Korean(), Arabic(),
    ];

    /// <summary>True for a text that may have one of the wordings; most texts have none of these words, and are read once.</summary>
    public static bool MayBeIn(string text) => text.AsSpan().ContainsAny(Triggers);

    /// <summary>Words of texts that report attacks.</summary>
    [GeneratedRegex(@"attack|inject|malicious|jailbreak|phishing|adversar|hostile|example|such as|e\.g\.|angriff|angreifer|beispiel|attaque|exemple|ataque|ejemplo|exemplo|attacco|esempio|aanval|voorbeeld|atak|przykład|атак|пример|saldırı|örnek|攻击|例如|攻撃|例えば|공격|예를|هجوم|مثال", Options, Timeout)]
    public static partial Regex Reporting();

    [GeneratedRegex(@"(?<!\b(?:not|never|n't|cannot|to|who|must not)\s)\b(?:ignore|disregard|forget|override|overrule|bypass|discard|abandon|neglect|skip|drop)\s+(?=(?:\w+\s+){0,6}?(?:previous|prior|above|earlier|all|any|every|your|system|initial|original|preceding|foregoing|hidden|safety|these)\b)(?:(?:about|absolutely|completely|simply|please|now|everything|anything|all|any|every|of|the|your|these|those|that|this|previous|previously|prior|above|earlier|preceding|foregoing|initial|original|existing|current|former|past|given|you|were|was|have|been|had|before|and|or|other|system|developer|hidden|safety|content|default)\s+){1,10}(?:instructions?|prompts?|guidelines?|directives?|commands|rules|constraints|restrictions|programming|guardrails)\b", Options, Timeout)]
    private static partial Regex DropInstructions();

    [GeneratedRegex(@"\b(?:ignore|disregard|forget)\s+(?:everything|all|anything|whatever|what)\s+(?:that\s+)?(?:is\s+|was\s+|has\s+been\s+)?(?:above|before\s+this|you\s+(?:were|have\s+been|know|read|learned|have\s+read)|said\s+(?:above|before)|written\s+(?:above|before)|so\s+far|up\s+to\s+(?:now|here|this))", Options, Timeout)]
    private static partial Regex DropEverything();

    [GeneratedRegex(@"\b(?:you\s+are\s+now|from\s+(?:now|here)\s+on,?\s+you\s+(?:are|will\s+be|act\s+as)|pretend\s+(?:to\s+be|you\s+are|that\s+you\s+are)|you\s+must\s+now\s+(?:act|behave|answer)\s+as)\s+(?:in\s+)?(?:an?\s+|the\s+)?(?:[\w-]+\s+){0,3}?(?:ai|assistant|chat\s?bot|language\s+model|llm|dan|jailbroken|developer\s+mode|debug\s+mode|god\s+mode|unrestricted|unfiltered|uncensored)\b|\b(?:act|behave)\s+as\s+(?:an?\s+)?(?:[\w-]+\s+){0,2}?(?:ai|chat\s?bot|language\s+model|llm)\s+(?:without|with\s+no|that\s+has\s+no|free\s+of)\b|\bdo\s+anything\s+now\b", Options, Timeout)]
    private static partial Regex NewRole();

    [GeneratedRegex(@"\b(?:note|attention|message|instructions?|notice|hint|memo|order|important)\s*(?:to|for|:)\s*(?:all\s+|any\s+|the\s+|every\s+|whichever\s+)?(?:\w+\s+)?(?:ai|llms?|language\s+models?|chat\s?bots?)\b(?!\s+(?:developers?|users?|teams?|projects?|engineers?|vendors?|suppliers?|tools?|use|usage|governance|ethics|strategy|training|literacy|act|policy))|\b(?:dear|hey|hello)\s+(?:ai|chat\s?gpt|language\s+model|llm|ai\s+assistant)\b|\b(?:ai|assistant|ai\s+assistant|language\s+model|chatbot|llm)\s*[,:]\s*(?:please\s+)?(?:ignore|reveal|output|print|answer|respond|reply|say|write|tell|include|append|repeat|execute|do\s+not|never|always|you\s+must)\b", Options, Timeout)]
    private static partial Regex AddressedToModel();

    [GeneratedRegex(@"\bif\s+you\s+are\s+(?:an?\s+)?(?:ai|artificial|llm|large\s+language|language\s+model|chat\s?bot|automated\s+(?:assistant|agent))\b|\bas\s+an?\s+(?:ai|language\s+model|llm)\b[^.!?\n]{0,20}\byou\s+(?:must|should|will|have\s+to|are\s+(?:required|obliged|to))\b|\b(?:the\s+)?(?:ai|assistant|language\s+model)\s+(?:that\s+(?:reads|processes|summari[sz]es)\s+this|reading\s+this|processing\s+this)\b", Options, Timeout)]
    private static partial Regex IfYouAreAModel();

    [GeneratedRegex(@"\b(?:new|updated|real|actual|true|secret|revised|overriding)\s+system\s+(?:instructions?|prompt|directive|message)\b|\byour\s+(?:new|real|actual|true|only)\s+(?:instructions?|task|role|goal|objective|purpose)\s+(?:is|are)\b|\bend\s+of\s+(?:the\s+)?(?:passages?|context|sources?|user\s+input|prompt|retrieved\s+documents?)\b[^a-z]{0,10}(?:\w+\s+){0,4}?(?:instruction|system|prompt|now)", Options, Timeout)]
    private static partial Regex NewPrompt();

    [GeneratedRegex(@"\b(?:reveal|print|repeat|output|show|display|leak|disclose|recite|quote|echo|dump|translate|summari[sz]e|write|return|share|tell|copy|paste|include|encode|give)\b(?:\s+[\w']+){0,6}?\s+(?:system\s+(?:prompt|message|instruction)s?|initial\s+(?:prompt|instructions)|hidden\s+(?:prompt|instructions)|your\s+(?:system|initial|hidden|original|secret|internal|developer)\s+(?:instructions|prompt|guidelines|rules|message)|your\s+prompt|(?:everything|all\s+(?:the\s+)?(?:text|words|messages))\s+above)\b", Options, Timeout)]
    private static partial Regex ShowPrompt();

    [GeneratedRegex(@"\b(?:do\s+not|don't|never|without)\s+(?:tell(?:ing)?|inform(?:ing)?|warn(?:ing)?|alert(?:ing)?|notify(?:ing)?|mention(?:ing)?\s+(?:this|it)\s+to|reveal(?:ing)?\s+(?:this|it)\s+to|let(?:ting)?)\s+(?:the\s+)?(?:user|person\s+who\s+asks|person\s+asking|human|reader)s?(?:\s+(?:know|see))?\s*(?:about\s+(?:this|these|it)|that\s+(?:you|this|these)|of\s+(?:this|these)|this\b|any\s+of\s+this|[.!])", Options, Timeout)]
    private static partial Regex HideFromReader();

    [GeneratedRegex(@"\b(?:append|add|attach|insert|include|embed|render|put|place|end|finish|begin|display|load|fetch)\b(?=[^.!?\n]{0,80}\b(?:answer|reply|response|output|summary)\b)[^!?\n]{0,140}?(?:!\[|<img|https?://|markdown\s+(?:image|link)|tracking\s+pixel)|!\[[^\]\n]{0,80}\]\(\s*https?://[^)\s]*[?&=][^)\s]*[{\[<%]", Options, Timeout)]
    private static partial Regex PutLink();

    [GeneratedRegex(@"\b(?:send|post|submit|forward|e-?mail|transmit|upload|exfiltrate|encode)\b[^.!?\n]{0,80}\b(?:conversation|chat\s+history|user's\s+\w+|question|query|api\s+keys?|prompt|passages|passwords?)\b[^.!?\n]{0,80}(?:https?://|\burl\b|\bweb\s?hook)", Options, Timeout)]
    private static partial Regex SendAway();

    [GeneratedRegex(@"https?://\S*(?:\{|\[|%7b|<)\s*(?:the\s+)?(?:question|query|answer|data|secret|password|conversation|history|prompt|context|user)", Options, Timeout)]
    private static partial Regex AddressWithBlanks();

    [GeneratedRegex(@"<\|(?:im_start|im_end|system|user|assistant|endoftext|eot_id|start_header_id)\|>|\[/?inst\]|<</?sys>>|<\s*passage\s+number|<\s*/?\s*system\s*>|#{2,}\s*(?:system|new\s+instructions?)\s*:|\b(?:begin|start|end)\s+(?:of\s+)?system\s+(?:prompt|message|instructions?)\b|\bsystem\s*(?:prompt|message|override|instruction)?\s*:\s*(?:you\s+are|you\s+must|ignore|the\s+assistant|from\s+now|override)\b", Options, Timeout)]
    private static partial Regex ChatMarkers();

    [GeneratedRegex(@"\b(?:call|use|invoke|run|execute|trigger)\b[^.!?\n]{0,30}?\b(?:documents_(?:search|list|read_around)|your\s+(?:tools?|functions?|plugins?|search\s+tool))\b", Options, Timeout)]
    private static partial Regex CallTools();

    [GeneratedRegex(@"\b(?:regardless\s+of|no\s+matter|irrespective\s+of|whatever)\s+(?:what\s+)?(?:the\s+|any\s+)?(?:question|query|user|you\s+are|is\s+asked|they\s+ask|prompt)\b[^.!?\n]{0,50}\b(?:answer|respond|reply|say|output|state|write|claim)\b|\b(?:answer|respond|reply)\s+(?:to\s+)?(?:every|any|all)\s+(?:questions?|queries|prompts?)\s+(?:only\s+)?(?:with|by\s+saying)\b", Options, Timeout)]
    private static partial Regex WhateverIsAsked();

    [GeneratedRegex(@"\b(?:ignorier(?:e|en|t)?|missacht(?:e|en|et)|vergiss|vergessen|verwirf|verwerfen|übergeh(?:e|en))\b(?:\s+[\w-]+){0,3}?\s+(?:alle\w*|bisherige\w*|vorherige\w*|vorige\w*|obige\w*|frühere\w*|deine\w*|vorangegangene\w*|sämtliche\w*)\s+(?:[\w-]+\s+){0,3}?(?:anweisung\w*|instruktion\w*|vorgabe\w*|regeln|befehl\w*|prompts?)\b(?!\s+nicht)", Options, Timeout)]
    private static partial Regex German();

    [GeneratedRegex(@"\b(?:gib|geben|zeig\w*|nenn\w*|wiederhol\w*|verrat\w*|druck\w*|schreib\w*)\b(?:\s+[\w-]+){0,5}?\s+(?:system-?prompt\w*|systemanweisung\w*|systemnachricht\w*)|\b(?:hinweis|achtung|anweisung|nachricht)\w*\s+(?:an|für)\s+(?:alle\s+|die\s+|das\s+|jede\s+)?(?:ki(?:-assistent\w*|-modell\w*|-system\w*)?|sprachmodell\w*|künstliche\s+intelligenz|chatbots?)\s*[:,.!]|\b(?:wenn|falls)\s+(?:du|sie)\s+(?:eine?\s+)?(?:ki|künstliche\s+intelligenz|sprachmodell|chatbot)\b|\bdu\s+bist\s+(?:jetzt|nun|ab\s+(?:jetzt|sofort))\s+(?:eine?n?\s+)?(?:[\w-]+\s+){0,2}?(?:ki\b|assistent|chatbot|modell|sprachmodell)|\b(?:sag|verrat|erzähl)\w*\s+(?:dem|der|den)\s+(?:nutzer\w*|benutzer\w*|person)\s+nichts\b", Options, Timeout)]
    private static partial Regex GermanOther();

    [GeneratedRegex(@"\b(?:ignore[zr]?|oublie[zr]?|néglige[zr]?|abstraction\s+de|pas\s+compte\s+d\w+)\b(?:\s+[\w'’]+){0,3}?\s+(?:instructions?|consignes?|directives?|règles|ordres)\s+(?:[\w'’-]+\s+){0,2}?(?:précédente?s?|antérieure?s?|ci-dessus|initiale?s?|reçue?s?|système)|\b(?:ignore[zr]?|oublie[zr]?)\s+toutes\s+(?:les|tes|vos)\s+(?:instructions|consignes|directives|règles)", Options, Timeout)]
    private static partial Regex French();

    [GeneratedRegex(@"\b(?:révèle|affiche|montre|répète|donne|imprime|écri)\w*\b(?:\s+[\w'’-]+){0,5}?\s+(?:prompt|invite|message|instructions?)\s+(?:système|initiale?s?)|\b(?:note|message|attention|instructions?)\s+(?:à|pour|aux?)\s*(?:l'|les\s+|toute\s+)?(?:ia\b|intelligences?\s+artificielles?|modèles?\s+de\s+langage|assistants?\s+ia|chatbots?)|\bsi\s+(?:tu\s+es|vous\s+êtes)\s+(?:une?\s+)?(?:ia\b|intelligence\s+artificielle|modèle\s+de\s+langage|chatbot)|\btu\s+es\s+(?:maintenant|désormais)\s+(?:une?\s+)?(?:\w+\s+){0,2}?(?:ia\b|assistant|chatbot|modèle)", Options, Timeout)]
    private static partial Regex FrenchOther();

    [GeneratedRegex(@"\b(?:ignor[ae]\w*|olvid[ae]\w*|omit[ae]\w*|descart[ae]\w*)\b(?:\s+\w+){0,4}?\s+(?:instrucciones|órdenes|indicaciones|reglas|directrices)\s+(?:\w+\s+){0,2}?(?:anteriores|previas|de\s+arriba|del\s+sistema|iniciales|recibidas)|\b(?:ignor[ae]|olvid[ae])\s+todas\s+(?:las|tus|sus)\s+(?:instrucciones|órdenes|reglas)", Options, Timeout)]
    private static partial Regex Spanish();

    [GeneratedRegex(@"\b(?:revela|muestra|repite|imprime|escribe|dime)\w*\b(?:\s+\w+){0,5}?\s+(?:prompt|mensaje|instrucciones)\s+(?:del?\s+)?(?:sistema|inicial\w*)|\b(?:nota|mensaje|atención|instrucciones)\s+para\s+(?:la\s+|el\s+|los\s+|cualquier\s+)?(?:ia\b|inteligencia\s+artificial|modelos?\s+de\s+lenguaje|asistentes?\s+de\s+ia|chatbots?)|\bsi\s+(?:eres|usted\s+es)\s+(?:una?\s+)?(?:ia\b|inteligencia\s+artificial|modelo\s+de\s+lenguaje|chatbot)|\bahora\s+eres\s+(?:una?\s+)?(?:\w+\s+){0,2}?(?:ia\b|asistente|chatbot|modelo)", Options, Timeout)]
    private static partial Regex SpanishOther();

    [GeneratedRegex(@"\b(?:ignora\w*|dimentica\w*|trascura\w*)\b(?:\s+\w+){0,4}?\s+(?:istruzioni|indicazioni|regole|direttive)\s+(?:\w+\s+){0,2}?(?:precedenti|di\s+sopra|iniziali|del\s+sistema|ricevute)|\b(?:ignora|dimentica)\s+tutte\s+le\s+(?:istruzioni|regole|direttive)", Options, Timeout)]
    private static partial Regex Italian();

    [GeneratedRegex(@"\b(?:rivela|mostra|ripeti|stampa|scrivi)\w*\b(?:\s+\w+){0,5}?\s+(?:prompt|messaggio|istruzioni)\s+(?:di\s+|del\s+)?(?:sistema|inizial\w*)|\bse\s+sei\s+(?:una?\s+|un')?(?:ia\b|intelligenza\s+artificiale|modello\s+linguistico|chatbot)|\b(?:nota|messaggio|istruzioni)\s+per\s+(?:l'|la\s+|i\s+)?(?:ia\b|intelligenza\s+artificiale|modelli\s+linguistici|assistente\s+ia)", Options, Timeout)]
    private static partial Regex ItalianOther();

    [GeneratedRegex(@"\b(?:ignor[ae]\w*|esqueç\w*|esquece|desconsider[ae]\w*)\b(?:\s+\w+){0,4}?\s+(?:instruções|orientações|regras|ordens)\s+(?:\w+\s+){0,2}?(?:anteriores|prévias|acima|do\s+sistema|iniciais)|\b(?:ignore|ignora)\s+todas\s+as\s+(?:\w+\s+)?(?:instruções|regras)", Options, Timeout)]
    private static partial Regex Portuguese();

    [GeneratedRegex(@"\b(?:revele|mostre|repita|imprima|escreva)\w*\b(?:\s+\w+){0,5}?\s+(?:prompt|mensagem|instruções)\s+(?:de\s+|do\s+)?(?:sistema|inicia\w*)|\bse\s+você\s+(?:é|for)\s+(?:uma?\s+)?(?:ia\b|inteligência\s+artificial|modelo\s+de\s+linguagem|chatbot)", Options, Timeout)]
    private static partial Regex PortugueseOther();

    [GeneratedRegex(@"\b(?:negeer|vergeet)\b(?:\s+\w+){0,3}?\s+(?:alle|eerdere|vorige|bovenstaande|voorgaande)\s+(?:\w+\s+){0,3}?(?:instructies|opdrachten|regels|aanwijzingen|richtlijnen)|\b(?:toon|herhaal|geef|onthul)\b(?:\s+\w+){0,5}?\s+(?:systeemprompt|systeeminstructies)|\bals\s+(?:je|u)\s+een\s+(?:ai|taalmodel|chatbot)\b", Options, Timeout)]
    private static partial Regex Dutch();

    [GeneratedRegex(@"\b(?:zignoruj|ignoruj|zapomnij|pomiń)\w*\b(?:\s+\w+){0,3}?\s+(?:poprzedni\w*|wcześniejsz\w*|powyższ\w*|wszystki\w*)\s+(?:\w+\s+){0,3}?(?:instrukcj\w*|polece\w*|zasad\w*|wytyczn\w*)|\b(?:ujawnij|pokaż|powtórz|wypisz)\b(?:\s+\w+){0,5}?\s+(?:prompt\w*\s+systemow\w*|instrukcj\w*\s+systemow\w*)", Options, Timeout)]
    private static partial Regex Polish();

    [GeneratedRegex(@"\b(?:игнорируй|проигнорируй|забудь|отбрось)\w*(?:\s+\w+){0,3}?\s+(?:предыдущ\w*|прежн\w*|все\w*|вышеуказанн\w*|системн\w*)\s+(?:\w+\s+){0,3}?(?:инструкц\w*|указани\w*|правил\w*|команд\w*)", Options, Timeout)]
    private static partial Regex Russian();

    [GeneratedRegex(@"\b(?:покажи|выведи|раскрой|повтори|напечатай)\w*(?:\s+\w+){0,5}?\s+(?:системн\w+\s+(?:промпт\w*|инструкц\w*|сообщени\w*)|промпт\w*)|\bесли\s+(?:ты|вы)\s+(?:—\s+|-\s+)?(?:ии\b|искусственн\w+\s+интеллект|языков\w+\s+модель|чат-?бот)", Options, Timeout)]
    private static partial Regex RussianOther();

    [GeneratedRegex(@"(?:önceki|yukarıdaki|tüm|bütün|sistem)\s+(?:\w+\s+){0,2}?(?:talimat|komut|kural|yönerge)\w*\s+(?:\w+\s+){0,2}?(?:yok\s*say|görmezden\s+gel|unut|dikkate\s+alma|göz\s+ardı\s+et)|sistem\s+(?:istemini|komutunu|talimatlarını)\s+(?:\w+\s+){0,2}?(?:göster|yaz|tekrarla|açıkla)", Options, Timeout)]
    private static partial Regex Turkish();

    [GeneratedRegex(@"(?:忽略|无视|忘记|忘掉|不要理会)[^。！？\n]{0,12}(?:之前|以上|上述|先前|前面|所有|原来|系统)[^。！？\n]{0,8}(?:指令|指示|提示|规则|命令)", Options, Timeout)]
    private static partial Regex Chinese();

    [GeneratedRegex(@"(?:输出|显示|透露|泄露|重复|打印|告诉)[^。！？\n]{0,12}(?:系统提示|系统指令|提示词|初始提示)|你现在是[^。！？\n]{0,15}(?:ai|助手|模型|人工智能)|(?:如果你是|致)[^。！？\n]{0,6}(?:ai|人工智能|语言模型|聊天机器人)", Options, Timeout)]
    private static partial Regex ChineseOther();

    [GeneratedRegex(@"(?:以前|上記|これまで|すべて|全て|前|システム)の?[^。！？\n]{0,10}(?:指示|命令|プロンプト|ルール|規則)[^。！？\n]{0,6}(?:無視|忘れ|破棄)", Options, Timeout)]
    private static partial Regex Japanese();

    [GeneratedRegex(@"(?:システムプロンプト|初期プロンプト|システム指示)[^。！？\n]{0,12}(?:表示|出力|教え|開示|繰り返|書き出)|あなたが(?:ai|人工知能|言語モデル)なら|aiアシスタントへ", Options, Timeout)]
    private static partial Regex JapaneseOther();

    [GeneratedRegex(@"(?:이전|위의|앞선|모든|기존|시스템)[^.!?\n]{0,12}(?:지시|명령|프롬프트|규칙|지침)[^.!?\n]{0,8}(?:무시|잊)|시스템\s*프롬프트[^.!?\n]{0,12}(?:출력|공개|보여|알려|반복)", Options, Timeout)]
    private static partial Regex Korean();

    [GeneratedRegex(@"(?:تجاهل|انس|أهمل|تخط)\w*[^.!؟\n]{0,25}(?:التعليمات|الأوامر|القواعد|الإرشادات)[^.!؟\n]{0,20}(?:السابقة|أعلاه|السالفة)|(?:اكشف|اعرض|اطبع|كرر)\w*[^.!؟\n]{0,20}(?:موجه\s+النظام|تعليمات\s+النظام)", Options, Timeout)]
    private static partial Regex Arabic();
}

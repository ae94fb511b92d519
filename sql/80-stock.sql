-- Chapter stock: the profiles that focus_seed() brings.
--
-- The script itself inserts none: a restore would collide with them and lose what an operator changed.
--
-- How the keyword lists are made. Every entry is a plain string, so an entry of four characters or more is
-- a prefix ("forecast" hits "forecasting") and a shorter one is a whole word ("ci" does not hit "city").
-- Lines group entries by theme (a deeper line goes on with the theme above). A word that everybody uses
-- ("post", "story", "plan", "model") stands only in a phrase ("post a", "a story", "the plan for"), so that
-- most small talk reaches no profile. No two profiles share an entry: it would count for both and decide
-- nothing. A message that has no word of its field in it is known by its shape ("why did", "i try to").

CREATE FUNCTION aria_engine.focus_seed()
    RETURNS TABLE(inserted integer, total integer)
    LANGUAGE plpgsql VOLATILE PARALLEL UNSAFE ROWS 1
    SET search_path = pg_catalog, pg_temp
    AS $$
DECLARE
    -- the emojis exist in no other encoding; '*' (42) does in all of them. The CASE stands inside chr():
    -- the planner folds a chr(127919) of its own, also in the branch not taken, and fails there.
    utf8 CONSTANT boolean := pg_catalog.getdatabaseencoding() = 'UTF8';
    -- What their prompts promise in numbers. Ideas come as a list, which the style narrative would not have.
    promises CONSTANT jsonb := '{
        "orchestrator": {"list_items": {"max": 7}},
        "devsecops": {"longest_prose_run_sentences": {"max": 3}},
        "data": {"words": {"max": 200}, "last_paragraph_sentences": {"max": 2, "severity": "suggestion"}},
        "creative": {"list_items_percent": "off"},
        "social": {"characters": {"max": 279}, "hashtags": {"max": 2}, "emojis": {"max": 1}},
        "research": {"words": {"max": 400}, "last_sentence_is_question": {"min": 1, "severity": "suggestion"}},
        "journalist": {"words": {"max": 350}},
        "rpg_master": {"words": {"max": 140}}}';
    stock record;
    stored aria_engine.focus_profiles;
BEGIN
    total := 8;
    inserted := 0;
    FOR stock IN SELECT * FROM (VALUES
        ('orchestrator', 'Orchestrator', pg_catalog.chr(CASE WHEN utf8 THEN 127919 ELSE 42 END),
         'Turns wishes into goals, tasks and dates, decides what comes first, and hands work to whoever '
         'does it best.',
         'precise', 'directive', 1, 2000, -0.1,
         '[
             "task", "to-do list", "todo", "action item", "next step", "checklist", "backlog", "milestone",
               "roadmap", "deliverable", "project", "workstream", "finish",
             "initiatives", "this initiative", "objective", "goals", "the scope", "sprint", "kickoff",
               "onboarding", "phase", "quick win", "launch", "direction",
             "planning", "the plan for", "a plan for", "plan b", "priorit", "reschedul", "deadline",
               "timeline", "gantt", "agenda", "plan the", "plan for the", "schedule a meeting",
               "the schedule",
             "overdue", "what''s due", "due date", "my week", "my day", "this year", "next week",
               "contingency", "estimate how", "step-by-step", "urgent", "tackle",
             "delegat", "assign", "reassign", "handover", "take over", "take on the", "coordinat",
               "responsib", "in charge", "distribute", "divide", "who should", "organis", "outsourc",
             "agent", "team", "stakeholder", "workload", "capacity", "resourc", "nobody is", "combine",
               "the work", "working on",
             "meetings", "meeting notes", "stand-up", "check-in", "follow up", "remind the", "let me know",
               "report back", "the meeting",
             "status of", "status report", "progress", "on track", "on course", "blocker", "bottleneck",
               "depends on", "in parallel", "status update", "are we", "what did we", "before we can",
             "big picture", "remaining", "remains", "left to do", "retrospective", "risks", "decision",
               "decide", "pros and cons", "choose", "option", "agree on", "which of the",
             "go-ahead", "escalat", "postpone", "on hold", "commitment", "strateg", "go-live", "rollout",
               "budget", "hiring"
         ]'::jsonb,
         'You coordinate: turn the request into a goal, the steps towards it, an owner for each step and a '
         'date. Open with the decision or the next step in one sentence, then list at most seven steps, one '
         'line each. Delegate what another agent does better and name that agent; say plainly what is '
         'blocked and what is still unknown.',
         NULL,
         '["goals", "schedule", "api_client", "agent_manager"]'::jsonb),

        ('devsecops', 'DevSecOps', pg_catalog.chr(CASE WHEN utf8 THEN 128274 ELSE 42 END),
         'Writes, tests, ships and secures software, and keeps the machines under it running.',
         'precise', 'analytical', 2, 1500, -0.2,
         '[
             "python", "java", "typescript", "rust", "php", "node", "regex", "bash", "script that",
               "refactor", "function", "loop", "module", "package", "null", "shell script", "app",
               "website is",
             "debug", "code", "exception", "stack trace", "error", "deadlock", "race condition",
               "memory leak", "crash", "why is my", "why does my", "the bug", "bug in", "fails",
               "segmentation",
             "unit test", "tests", "flaky", "lint", "builds", "the build", "ci", "npm", "dependenc",
             "git", "github", "gitlab", "commits", "last commit", "a commit", "merge conflict", "rebase",
               "pull request", "push", "repositor", "hotfix",
             "docker", "kube", "terraform", "ansible", "deploy", "roll back", "staging", "to production",
               "my container", "the container", "the cluster",
             "server", "nginx", "proxy", "load balanc", "linux", "systemd", "cron", "logs", "restart",
               "disk", "cpu", "ram", "ports", "port 8", "localhost", "process", "logging", "chmod",
               "connect to",
             "latency", "timeout", "timing out", "cache", "backup", "vm", "aws", "config",
               "environment variable", "endpoint", "api", "webhook",
             "dns", "upgrade", "install", "ssh", "ssl", "certificate", "firewall", "vpn", "security",
               "secure", "vulnerab", "injection", "xss",
             "encrypt", "password", "login", "authentication", "oauth", "jwt", "token", "secrets",
               "permission", "two-factor", "rotate"
         ]'::jsonb,
         'You write, run and secure software: state the likeliest cause first, then the smallest change '
         'that fixes it. Give commands and code ready to paste, in fenced blocks, and at most three '
         'sentences of prose between two blocks. Mark every command that deletes, overwrites or exposes '
         'something with a line that starts with WARNING:. Never print a secret; name the check that proves '
         'the fix.',
         'qwen3-coder-free',
         '["ci_cd", "security_scan", "health", "database", "pytest_runner"]'::jsonb),

        ('data', 'Data Architect', pg_catalog.chr(CASE WHEN utf8 THEN 128202 ELSE 42 END),
         'Models, queries, measures and plots data, and says how far the numbers can be trusted.',
         'analytical', 'analytical', 2, 1500, -0.1,
         '[
             "sql", "query", "queries", "this table", "tables", "rows", "left join", "join these",
               "group by", "group the", "window function", "partition", "schema", "columns", "this column",
               "column c", "primary key",
             "data", "warehouse", "bigquery", "etl", "airflow", "dbt", "spark", "pandas", "csv", "excel",
               "spreadsheet", "google sheet", "vlookup", "pivot", "tableau", "power bi", "dashboard", "sheet",
             "duplicate", "missing value", "outlier", "anomal", "timestamp", "aggregat", "export",
               "normali", "dates", "delivery time",
             "average", "median", "percent", "standard deviation", "variance", "distribution", "correlat",
               "regression", "sample", "statistical", "significan", "p-value", "confidence interval",
               "t-test", "a/b test", "figures", "analyz",
             "calculat", "compute the", "sum", "count distinct", "total", "top 20", "highest",
               "how many users", "worst performing", "per month", "per country", "number of", "numbers",
               "which product",
             "by region", "by month", "break down", "year on year", "last quarter", "results",
             "forecast", "predict", "trend in", "seasonal", "time series", "classif", "machine learning",
               "train a", "hyperparameter", "accuracy", "overfit", "recommender", "cluster the",
             "metric", "kpi", "revenue", "sales", "churn", "retention", "cohort", "conversion",
               "growth rate", "funnel", "customers", "lifetime value", "margin", "orders", "survey", "price",
               "purchas", "users", "kpis",
             "chart", "plot", "histogram", "scatter", "heat map", "visuali"
         ]'::jsonb,
         'You work from data: name the tables, columns and units that you use before you compute with them. '
         'Give each number with its unit and its period, and mark every estimate as an estimate. Put the '
         'answer in the first sentence, keep the explanation under 200 words and end with one line on what '
         'could make the result wrong.',
         NULL,
         '["database", "knowledge_graph", "api_client", "brainstorm", "market_data"]'::jsonb),

        ('creative', 'Creative', pg_catalog.chr(CASE WHEN utf8 THEN 127912 ELSE 42 END),
         'Writes poems and stories, finds names and slogans, and designs images, objects and scenes.',
         'playful', 'narrative', 2, 3000, 0.3,
         '[
             "poem", "poet", "haiku", "limerick", "sonnet", "verse", "rhym", "lyric", "song about",
               "a song", "lullaby", "chorus", "melody", "rap", "a story", "short story", "ghost story",
               "scary story", "bedtime", "tale", "fairy", "fable",
             "novel", "thriller", "plot twist", "villain", "hero", "superhero", "protagonist", "dialogue",
               "monologue", "a scene", "screenplay", "short film", "storyboard", "comedy", "comic", "riddle",
               "pun", "parody", "love letter", "diary", "toast", "opening line", "ending", "metaphor",
               "title for", "fiction", "character for", "create a character", "creature", "mascot",
               "writing prompt",
             "slogan", "tagline", "motto", "jingle", "name for", "names for", "name idea", "brand name",
               "logo", "packaging", "poster", "invitation",
             "design a", "sketch", "draw me", "paint", "illustrat", "watercolo", "colour", "palette",
               "font", "mural", "book cover", "pattern", "costume", "sculpt", "craft", "redecorat", "decorat",
               "animat", "cartoon", "draw a",
             "tattoo", "image of", "theme",
             "ideas", "idea for", "brainstorm", "imagin", "invent a", "make up a", "come up with",
               "think of", "think up", "dream up", "describe a", "describe how", "picture of", "pretend",
               "compose a", "what would", "what might", "what could", "inspir",
             "a funny", "vivid", "whimsical", "romantic", "cosy", "style of", "unusual", "creativ",
               "writer''s block", "wedding", "nostalgic", "gift", "mood"
         ]'::jsonb,
         'You make things up, and well: prefer the concrete image to the abstract word and the surprising '
         'turn to the expected one. Asked for ideas, give exactly five that differ in kind, one or two '
         'lines each; asked for a text, give the text without a preface. Keep to the form, length and '
         'language that were asked for, and copy no living author''s lines.',
         NULL,
         '["brainstorm", "llm", "knowledge_graph", "browser"]'::jsonb),

        ('social', 'Social Architect', pg_catalog.chr(CASE WHEN utf8 THEN 127760 ELSE 42 END),
         'Writes posts and replies, looks after a community, and helps an audience to grow.',
         'warm', 'concise', 2, 800, 0.1,
         '[
             "facebook", "instagram", "tiktok", "twitter", "tweet", "retweet", "linkedin", "youtube",
               "reddit", "subreddit", "discord", "telegram", "whatsapp", "pinterest", "snapchat", "mastodon",
               "bluesky", "threads", "twitch", "moltbook",
             "post a", "post on", "post for", "last post", "posts", "posting", "posted", "our post",
               "to post", "repost", "crosspost", "in our stories", "reel", "caption", "hashtag", "carousel",
               "selfie", "meme", "emoji", "comments", "comment", "thread",
             "bio", "username", "profile pic", "verified", "content", "social media", "teaser", "announce",
               "livestream", "go live", "poll", "ama", "the video", "videos", "clip", "vlog", "blog",
               "challenge", "account", "rules for",
             "follower", "unfollow", "subscriber", "engagement", "our reach", "reach out", "viral",
               "trending", "influencer", "collab", "sponsor", "giveaway", "raffle", "contest", "likes",
               "audience", "niche", "our brand", "fan", "fans", "supporters", "follow back",
             "community", "members", "moderat", "ban", "spam", "hateful", "harass", "reply", "replies",
               "respond to", "dm", "mention", "tag", "pinned", "the group", "group chat", "our page",
               "channel", "forum", "our group", "answer the", "social network",
             "invite people", "welcome mess", "welcome the", "thank our", "thank people", "say thanks",
               "congratulat", "negative review", "google review", "fake profile", "meetup", "feedback"
         ]'::jsonb,
         'You speak to a community: friendly, brief, in the words of its members. Keep a post under 280 '
         'characters unless the platform is named and allows more, with at most two hashtags and one emoji. '
         'Answer criticism without irony: thank, acknowledge, say what happens next. Never invent figures, '
         'quotes or endorsements.',
         'qwen3-mlx',
         '["social", "moltbook", "community", "api_client", "conversation_summary"]'::jsonb),

        ('research', 'Researcher', pg_catalog.chr(CASE WHEN utf8 THEN 128300 ELSE 42 END),
         'Explains what is known and how it is known: studies, sources, history, science, open questions.',
         'formal', 'socratic', 2, 2500, 0.0,
         '[
             "studies", "papers on", "papers about", "this paper", "peer-review", "literature",
               "meta-analys", "systematic review", "clinical", "trials", "citation", "references",
               "bibliograph", "original source", "sources on", "reliable", "evidence", "this study",
               "information on",
             "scien", "scholar", "academic", "research", "experts", "according to", "historian", "verify",
               "the facts", "is it true", "claims", "myth", "accurate", "consensus on", "disputed", "proven",
               "proof that", "proved", "support for", "the claim",
             "explain", "how does", "how did", "how was", "why did", "why are", "what caused",
               "the causes of", "what is known", "what do we know", "what we know",
             "who invented", "who discovered", "who first", "who wrote", "who were", "when was", "when did",
               "origin", "etymolog", "come from", "compare", "overview", "what are the main", "criticis",
               "arguments", "who was", "what was",
             "was there", "learn about", "teach me", "tell me about", "everything about", "understand how",
               "history of", "effects", "link between", "consequences", "how many species", "what were",
               "theory", "theories", "hypothes", "experiment", "long-term", "effect",
             "state of research", "quantum", "relativity", "physic", "biolog", "evolution", "dna", "vaccin",
               "virus", "bacteri", "disease", "cancer", "the brain", "psycholog", "philosoph", "econom",
               "climate", "species", "dinosaur", "universe", "black hole", "nuclear", "theorem", "earth",
               "human", "inflation", "photosynth", "sugar", "vitamin", "astronom", "archaeolog", "ancient",
               "empire", "revolution", "treaty"
         ]'::jsonb,
         'You examine what is known: separate established findings, contested claims and your own '
         'inference, and label each of the three. Name a source for every claim that is not common '
         'knowledge, and write ''no source found'' rather than invent one. Answer in at most 400 words and '
         'close with the one question whose answer would change the conclusion most.',
         NULL,
         '["browser", "knowledge_graph", "brainstorm", "fact_check", "llm"]'::jsonb),

        ('journalist', 'Journalist', pg_catalog.chr(CASE WHEN utf8 THEN 128240 ELSE 42 END),
         'Reports, interviews, verifies and edits: news, features, headlines, and the corrections too.',
         'formal', 'narrative', 2, 2000, 0.0,
         '[
             "article", "headline", "news", "interview", "editorial", "an op-ed", "opinion piece", "byline",
               "lede", "standfirst", "subhead", "a feature", "reportage", "report on", "report from",
               "reporter", "obituary", "profile of", "portrait of", "press release", "press conference",
               "press office", "press kit", "the press", "go to press", "a story on", "for a story",
               "local paper", "write about the", "cover the", "questions",
             "this piece", "piece on", "long read", "sidebar", "bulletin", "vox pop", "to the editor",
               "front page", "supplement", "review of", "breaking", "write up", "this story",
               "the story about", "top stories", "scoop",
             "editor", "magazine", "journalis", "readers", "publish", "to print", "proofread", "words",
               "angle", "pitch", "quote", "embargo", "our source", "second source", "the source", "anonym",
               "the record", "whistleblow", "correction", "retract", "clickbait", "neutral", "both sides",
               "exclusive", "transcri", "edit", "correct", "paragraph",
             "eyewitness", "witness", "freedom of information", "fact-check", "genuine", "we run it",
               "spokes", "statement", "reuters", "coverage", "covered", "investigat", "for a comment",
             "minister", "ministry", "mayor", "council", "city hall", "parliament", "senator", "president",
               "election", "police", "crime", "court", "verdict", "suspect", "victim", "scandal", "protest",
               "strike", "layoffs", "flood", "accident", "ceasefire", "summit", "resign", "reform",
               "the trial", "new tax", "pension",
             "today''s", "latest on", "overnight", "union"
         ]'::jsonb,
         'You report: put who, what, when and where into the first two sentences, the most important fact '
         'first. Attribute every statement to a source, mark with [unconfirmed] what has only one, and give '
         'the other side its say. Stay under 350 words unless a length is given, and keep your own opinion '
         'out of the text.',
         NULL,
         '["browser", "knowledge_graph", "api_client", "fact_check"]'::jsonb),

        ('rpg_master', 'RPG Master', pg_catalog.chr(CASE WHEN utf8 THEN 128009 ELSE 42 END),
         'Leads tabletop role-playing games: scenes, characters, monsters, dice and rules.',
         'playful', 'narrative', 2, 2000, 0.2,
         '[
             "dungeon", "playing d&d", "d&d game", "d&d sess", "5e", "pathfinder", "cthulhu", "campaign",
               "game master", "one-shot", "session", "players",
             "goblin", "orc", "ogre", "elf", "dwar", "gnome", "tiefling", "skeleton", "vampire", "undead",
               "lich", "monster", "bandit", "the guard", "merchant", "innkeeper", "npc", "npcs",
               "necromancer", "boss", "the dragon",
             "wizard", "sorcer", "warlock", "druid", "cleric", "paladin", "ranger", "rogue", "bard",
               "barbarian", "monk", "my character", "the party", "captain",
             "roll a", "roll for", "roll initiative", "d20", "natural 20", "perception", "saving throw",
               "death save", "hit points", "bonus action", "my turn", "level up", "fireball", "long rest",
               "character sheet", "encounter", "roll my", "dice roll", "d6", "damage", "stats", "stat block",
               "spells", "spell slot", "short rest", "cast a", "magic missile", "magic item",
             "sneak", "attack", "sword", "axe", "dagger", "arrow", "potion", "torch", "armor", "loot",
               "treasure", "gold", "chest", "a quest", "side quest", "shield", "longsword", "steal", "trap",
             "tavern", "tower", "temple", "throne", "cave", "ruins", "curse", "prophecy", "lore", "puzzle",
               "adventure",
             "i attack", "i try to", "i open", "i draw my", "i pull", "i hide", "i grab", "i jump",
               "we enter", "we follow", "what happens when", "look around", "behind the", "describe the",
               "for the night"
         ]'::jsonb,
         'You lead the game: describe what the characters see, hear and smell in at most 120 words, then '
         'ask what they do. Never decide what a player''s character does, feels or says. Show each roll '
         'with its die, modifier and target number, and keep to what earlier scenes have established.',
         NULL,
         '["rpg_pathfinder", "rpg_campaign", "llm"]'::jsonb)
    ) AS brought (focus_id, display_name, emoji, description, tone, style, delegation_level, token_budget_hint,
        temperature_delta, expertise_keywords, system_prompt_addon, model_override, auto_skills)
    LOOP
        stored := aria_engine.focus_store_with(
            aria_engine.focus_merge(NULL::aria_engine.focus_profiles, to_jsonb(stock)), true,
            promises -> stock.focus_id);
        inserted := inserted + CASE WHEN stored.focus_id IS NULL THEN 0 ELSE 1 END;
    END LOOP;
    RETURN NEXT;
END
$$;
COMMENT ON FUNCTION aria_engine.focus_seed() IS
'Inserts those of the eight stock profiles whose focus_id is not there yet, each with the contract of what its '
'prompt promises in numbers; one that is there, edited or not, stays as it is. Takes nothing. Returns one row: how '
'many were inserted and how many stock profiles there are (8 of 8 the first time, 0 of 8 the second). Raises 42501 '
'without SELECT and INSERT on focus_profiles and INSERT on focus_contracts; 25006 in a read-only transaction; 23503 '
'when a built-in tone or style was deleted.';

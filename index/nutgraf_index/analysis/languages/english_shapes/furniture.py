"""The shapes of English furniture: what belongs to the page around an article."""

from nutgraf_index.analysis.languages.newsroom import Shape, Zone
from nutgraf_index.model import Role

__all__ = ["FURNITURE", "PAGE_WORDS"]

_TAIL = (Zone.TAIL,)
_ENDS = (Zone.HEAD, Zone.TAIL)
_NETWORKS = (
    r"(?:facebook|twitter|instagram|linked ?in|pinterest|whatsapp|reddit|youtube|tumblr|telegram|"
    r"google\+?|google plus|flipboard|snapchat|tiktok|e-?mail|messenger|digg|stumbleupon|threads|"
    r"x|rss|myspace|social media|bluesky|mastodon|print|sms|copy link|link)"
)
_ALL_NETWORKS = (
    "facebook|twitter|instagram|linkedin|linked in|pinterest|whatsapp|reddit|youtube|tumblr|"
    "telegram|"
    "google+|google plus|flipboard|snapchat|tiktok|facebook messenger|digg|stumbleupon|bluesky|"
    "feedburner|rss|sms|threads|vkontakte"
)

_SITES = (  # of _NETWORKS, those that are no word of a sentence
    r"(?:facebook|twitter|instagram|linked ?in|pinterest|whatsapp|reddit|youtube|tumblr|telegram|"
    r"google\+|google plus|flipboard|snapchat|tiktok|bluesky|mastodon)"
)

_NOBODY_SAYS = (
    r"(?!.*\b(?:said|says|told|asked|added|wrote|replied|urged|warned|argued|announced|insisted|"
    r"explained|declared|pleaded|begged)\b)"
)

FURNITURE = (
    # Adverts.
    Shape(
        Role.FURNITURE,
        r"(?: ?[-–—:?|·•\d]{0,3} ?(?:advertisement|continue reading the main story|"
        r"continue reading below|"
        r"story continues below|scroll to continue|"
        r"scroll for more|continue reading|read more|remove ads).{0,30})?",
        "Advertisement",
        begins="advertisement|advertisements|advertising|ad|ads|advert|sponsored|promoted|"
        "sponsored content|promoted content|paid content|paid post|partner content|promotion|"
        "sponsor content|sponsor message|sponsored links|sponsored by|skip advertisement|skip ad|"
        "close ad|remove ads|hide ad|advertiser content|report this ad|report ad|about this ad|"
        "why this ad|ad policy|don't want to see this|advertise with us|"
        "advertisement feature|from our sponsors|from our sponsor|"
        "a message from our sponsor|ad feedback|thanks for watching",
        longest=80,
    ),
    Shape(
        Role.FURNITURE,
        r" .{2,40}",
        "Ads by Port Media",
        begins="ads by|adverts by|advertisements by|promoted by|powered by",
        longest=60,
    ),
    Shape(
        Role.FURNITURE,
        r"(?:s|d)? .{0,60}\b(?:below|after|next|continue|page|screen|advertisement|slideshow|"
        r"gallery|"
        r"jump|ad|video|photo)\b.{0,60}",
        "Story continues on the next screen",
        begins="story continued|story continues|article continues|article continued|"
        "continue reading|"
        "text continues|post continues|continues|scroll|scroll down|scroll to|continued|"
        "content continues|report continues|the story continues|the article continues",
        longest=110,
    ),
    # Sign-up.
    Shape(
        Role.FURNITURE,
        rf"{_NOBODY_SAYS}"
        r"(?: here| now| today| (?:for|to) (?:our|your|daily|breaking|free|news|more|weekly|"
        r"(?:the|a|an|this) (?:(?-i:[A-Z])|(?:[\w'-]+ ){0,4}(?:(?:news)?letters?|updates|channel|"
        r"podcasts?|list|feed|alerts?|briefing|digest|e-?mails?|edition|(?:news)?paper|magazine|"
        r"membership|trial|subscription|account|news|offers|blogs?|webinars?)\b)|"
        r"e-?mail|alerts|newsletters?|updates|receive|get|read|access|\w+ (?:newsletters?|"
        r"alerts)|(?-i:[A-Z])).{0,180})?",
        "Sign up for the harbour letter",
        begins="sign up|signup|subscribe|subscribe now|subscribe here|sign up here|sign up now|"
        "register|sign me up|sign up free|newsletter sign-up|newsletter sign up|newsletter signup|"
        "newsletter|newsletters|free newsletter|email sign-up|free newsletters|join|join now|"
        "start your free trial|subscribe today|subscribe to|sign up for|already a subscriber|"
        "not a subscriber|become a member|become a subscriber|please subscribe|"
        "get unlimited access|"
        "want more|unlock|unsubscribe|to continue reading|already subscribed|log in to|"
        "log in or subscribe|sign up to|daily newsletter|email newsletter",
        longest=220,
    ),
    Shape(
        Role.FURNITURE,
        rf"{_NOBODY_SAYS} .{{0,120}}\b(?:newsletters?|inbox|e-?mails?|alerts?|headlines|app|"
        r"updates|news|stories|briefings?|delivered|podcasts?|subscription)\b.{0,120}",
        "Get the harbour news in your inbox every morning.",
        begins="let our|get the|get our|discover our|check out our|get breaking|get daily|"
        "get all the|get email|get more|"
        "get today's|"
        "get this|get up to|get news|receive the|receive our|receive daily|receive news|"
        "receive breaking|be the first|stay up to date|stay informed|stay connected|stay on top|"
        "keep up with|start your day|want to get|don't miss a|never miss|we'll send|download the|"
        "download our|thank you for signing|thanks for signing|thank you for subscribing|"
        "enjoying our|like what you|want news|want the latest|you have successfully|"
        "you've successfully|"
        "you are now subscribed|you will receive|by signing up|by subscribing|by providing your|"
        "by submitting your|by clicking|by registering|click here to get|click here to subscribe|"
        "click here to sign|click to subscribe|sign up and",
        longest=260,
    ),
    Shape(
        Role.FURNITURE,
        rf"{_NOBODY_SAYS} .{{0,220}} subscribe(?: now| today| here)?",
        "Stay informed with the Port Post, all the year. Invest in journalism - subscribe now!",
        begins="stay informed",
        longest=260,
    ),
    Shape(
        Role.FURNITURE,
        rf"\b{_NOBODY_SAYS}.{{0,300}}\b(?:subscri\w+|sign up|download|apps?|log ?in|"
        r"digital access|newsletters?|member(?:ship)?)\b.{0,300}",
        "To read the full story, please subscribe to the Port Post.",
        begins="to view the full story|to read the full story|to read this story|"
        "to read more of this story|to read the rest of this story|to keep reading|"
        "if you're seeing this message|if you are seeing this message|want free access|"
        "want full access|for the latest stories|for the latest news|for breaking news|"
        "first-time subscribers|when you join|when you subscribe|you have reached your limit|"
        "you've reached your limit|you have read all|you've read all|join now or renew|"
        "this content is exclusive|this article is exclusive|this story is exclusive|"
        "this content is only available|this article is for subscribers|"
        "this story is for subscribers|already have an account|don't have an account",
        longest=500,
    ),
    Shape(
        Role.FURNITURE,
        r" ?[|>»›].{1,200}",
        "Home|Business|Pier closes at Lindholm",
        begins="home",
        zones=_ENDS,
        longest=220,
    ),
    Shape(
        Role.FURNITURE,
        r" .{0,120}\b(?:newsletters?|(?:your|my) (?:e-?mail|phone)|inbox|e-?mail alerts|sign up|"
        r"subscribe|delivered)\b(?!.*\bsaid\b).{0,120}",
        "Today's ferry news in your inbox",
        begins="the latest|today's|this newsletter",
        longest=260,
    ),
    Shape(
        Role.FURNITURE,
        r"(?!.*\b(?:said|says|told|is|was|were)\b) "
        r"(?:to|and|for) (?:download|subscribe|sign|join|install|register|log in|donate|buy|shop|"
        r"order|get|follow|vote|enter)\b.{0,120}",
        "Tap here to download the Port News app",
        begins="click here|tap here|click|tap",
        longest=150,
    ),
    Shape(
        Role.FURNITURE,
        r" to (?:continue|keep|finish|unlock|view|comment|read (?:more|on|the (?:full|rest)))\b"
        r".{0,60}",
        "Subscribe to continue reading",
        begins="subscribe|register|sign in|log in|login|create a free account|sign up|join|"
        "register now|subscribe now|become a subscriber|become a member",
        longest=120,
    ),
    Shape(
        Role.FURNITURE,
        rf"{_NOBODY_SAYS}(?!,|(?<=t name) \w|(?: address)? (?:of|is|was|were|has|had|could|might|"
        r"would|will be)\b(?! (?:required|not|invalid)))"
        r".{0,80}",
        "Enter your email address",
        begins="enter your email|enter email|your email|email address|enter your name|"
        "please enter a valid|enter a valid|please leave this field|leave this field blank|"
        "please enter your|"
        "your email address|enter your e-mail|name*|email*|are you a human|"
        "invalid email|required field|first name|last name|name (required)|"
        "mail (will not be published)|email (required)|zip code|enter your zip|"
        "this field is required|confirm your email|i agree to|yes, i would|by entering your|"
        "please verify|captcha|this site is protected by recaptcha|fields marked",
        longest=150,
    ),
    Shape(
        Role.FURNITURE,
        rf"{_NOBODY_SAYS}\b.{{0,160}}, ?(?:and|i|you|and you)? ?(?:hereby )?"
        r"(?:agree|consent|acknowledge|accept|confirm)\b.{0,60}\b(?:terms|polic(?:y|ies)|privacy|"
        r"e-?mails?|communications|newsletters?|messages|offers|data)\b.{0,300}",
        "By entering your email, you agree to the terms and to emails from the Port Post.",
        begins="by entering|by signing up|by subscribing|by submitting|by clicking|by providing|"
        "by registering|by joining|by continuing|by checking",
        longest=600,
    ),
    Shape(
        Role.FURNITURE,
        r"\b.{0,300}\bcookies?\b.{0,300}",
        "This website uses cookies to remember your choices.",
        begins="this website|this site|we use|our site|our website|by using|by continuing|"
        "we and our|"
        "we value your privacy|like most websites|this page uses",
        longest=700,
    ),
    Shape(
        Role.FURNITURE,
        r"[^.]{5,170}[?.!:,] ?(?:please )?",
        "Cannot see the map? Click here.",
        ends="sign up here|click here|subscribe here|sign up now|subscribe now|"
        "sign up for free here|"
        "sign up for free|subscribe today|start your free trial|tap here|download it here|"
        "sign up for it here|subscribe to our newsletter|sign up for our newsletter",
        longest=240,
    ),
    Shape(
        Role.FURNITURE,
        r" .{0,120}\b(?:alerts?|newsletters?|updates|e-?mails?|news|texts)\b.{0,80}\b(?:text|"
        r"sign up|subscribe|click|register|visit|opt in)\b.{0,120}",
        "To receive alerts from Port News, text PORT to 55512",
        begins="to receive|to get|to sign up|to subscribe",
        longest=300,
    ),
    Shape(
        Role.FURNITURE,
        r"[^.!?]{3,80}",
        "Essential news of the harbour, delivered daily",
        ends="delivered daily|delivered weekly|to your inbox|in your inbox|delivered to you",
        longest=120,
    ),
    Shape(
        Role.FURNITURE,
        r"[^.:]{0,60}(?=:)",
        "Join now or renew to get:",
        begins="join now or renew|subscribe now and get|subscribe and get|become a member and|"
        "members get|subscribers get|subscribers also get|your subscription includes|"
        "your membership includes",
        longest=90,
        opens=True,
    ),
    Shape(
        Role.FURNITURE,
        r" .{0,60}\b(?:terms|policy|consent|conditions|guidelines)\b.{0,60}",
        "Read our full mailing list consent terms here",
        begins="read our|see our|view our|please see our|please read our",
        longest=140,
    ),
    Shape(
        Role.FURNITURE,
        r" .{0,60}\bjournalism(?: of .{2,40})?",
        "Support the journalism of the Port Post",
        begins="support",
        longest=80,
    ),
    Shape(
        Role.FURNITURE,
        r" [^?]{2,60}\? add .{2,60} as an? (?:interest|topic)\b.{0,200}",
        "Interested in ferries? Add ferries as an interest.",
        begins="interested in",
        longest=300,
    ),
    Shape(
        Role.FURNITURE,
        r" .{0,40}\b(?:homepage|home page|site|website) for (?:more|the latest)\b.{0,60}",
        "Visit the Port Post's homepage for more stories.",
        begins="visit",
        longest=140,
    ),
    # Appeals.
    Shape(
        Role.FURNITURE,
        rf"{_NOBODY_SAYS}.{{0,220}}",
        "Add your name to those who want to keep the pier!",
        begins="add your name|sign the petition|sign this petition|sign our petition|chip in|"
        "donate today|make a donation|make a gift|please consider donating|"
        "please consider supporting|please support our|support our work|help us keep|"
        "help keep our|become a supporter|become a patron|support independent",
        longest=260,
    ),
    # Newsletters.
    Shape(
        Role.FURNITURE,
        rf"{_NOBODY_SAYS}.{{0,160}}",
        "That's all for today! Thanks for reading Port Daily.",
        begins="thanks for reading|thank you for reading|that's a wrap|that's all for|"
        "that's it for|see you tomorrow|see you next|until next time|how did you like this|"
        "how did you like today's|how was today's|what did you think of today's|"
        "what did you think of this|did someone forward|was this email forwarded|"
        "forwarded this email|forward this email|view this email|view in browser|"
        "view in your browser|view this newsletter|view online|you are receiving this|"
        "you're receiving this|you received this|you are subscribed to|you're subscribed to|"
        "update your preferences|manage your preferences|manage your subscription|"
        "update your profile|to unsubscribe|add us to your address book",
        longest=220,
    ),
    Shape(
        Role.FURNITURE,
        r": .{2,300}",
        "This newsletter is sponsored by: Port Rope, the rope for every harbour",
        begins="this newsletter is sponsored by|this email is sponsored by|"
        "this e-mail is sponsored by|this sf.net email is sponsored by|"
        "this list is sponsored by|this issue is sponsored by|this edition is sponsored by|"
        "this message is sponsored by",
        longest=340,
    ),
    Shape(
        Role.FURNITURE,
        r"[\w.]+(?:-[\w.]+)+ ",
        "Harbour-users mailing list",
        ends="mailing list",
        zones=(Zone.TAIL,),
        longest=60,
    ),
    Shape(
        Role.FURNITURE,
        r"(?:'d|'s|'ll)? [^.?!]{2,80}\? .{0,60}\b(?:share|forward|send|tell|invite)\b.{0,120}",
        "Know someone who loves ferries? Forward this letter to a friend!",
        begins="know someone who|know somebody who|know anyone who|know a friend who|"
        "have a friend who",
        longest=220,
    ),
    Shape(
        Role.FURNITURE,
        r"(?!.*[.!?])(?-i:[A-Z\d]).{2,60}",
        "Port News in English Logo",
        ends=" logo",
        zones=_ENDS,
        longest=80,
    ),
    Shape(
        Role.FURNITURE,
        r":? ?(?:https?://\S+(?:\s\S+)?)?",
        "IFRAME: https://port.example/form",
        begins="iframe",
        longest=200,
    ),
    Shape(
        Role.FURNITURE,
        r" ?(?-i:[A-Z\d\"']).{3,160}",
        "<< Ferries leave the pier",
        begins="<<|«|←|‹",
        zones=_ENDS,
        longest=180,
    ),
    Shape(
        Role.FURNITURE,
        r" article(?-i:[A-Z\d‘“'\"]).{3,160}",
        "Previous articleWho paid for the pier",
        begins="previous|next",
        zones=_TAIL,
        longest=180,
    ),
    Shape(
        Role.FURNITURE,
        r"(?!.*[«<←‹])(?-i:[A-Z\d\"']).{3,160} ?>?",
        "Ferries leave the pier >>",
        ends=">|»|→|›",
        zones=_ENDS,
        longest=180,
    ),
    # Share and follow.
    Shape(
        Role.FURNITURE,
        rf"(?: this)?(?: (?:article|story|page|post|link|video))?(?: (?:on|via|to|with|by|using|"
        rf"this|"
        rf"now|options|tools|link|in|{_NETWORKS}|your friends)[,:]?)*(?: ?{_NETWORKS})?"
        r"(?: \((?:opens|click).{0,40}\)?)?(?: ?\d+)?",
        "Share on Facebook",
        begins="social share|share|shares|share this|share it|share this story|"
        "share this article|tweet|tweet this|"
        "email|email this|e-mail|e-mail this|print|print this|print article|copy link|"
        "copy this link|link copied|copied|pin|pin it|pin this|send|send to|post|like this|"
        "share story|share article|share page|share post|share via|share by|save|save article|"
        "save story|save for later|bookmark|share full article|gift this article|gift article|"
        "give this article|text size|font size|resize text|larger text|click to share|"
        "email article|share link|click to email|click to print|shared|recommend|plus|"
        "email to a friend|repost|flip|share this with|these are external links|"
        "share this with your friends|share this with others|sharing options|more sharing options|"
        "view sharing options|share this article share|listen to article share",
        longest=100,
    ),
    Shape(
        Role.FURNITURE,
        rf"(?:[ ,:|/]+(?:and |or |share (?:via|on|by) )?{_NETWORKS})*(?: icon| logo| link)?",
        "Facebook Twitter WhatsApp",
        begins=_ALL_NETWORKS,
        longest=140,
    ),
    Shape(
        Role.FURNITURE,
        rf"\d[\d.,]*[km]?\+? (?:shares?|tweets?|likes?)[ |/•·+]+(?:{_NETWORKS}[ |/•·+]+){{1,12}}",
        "80510 SHARES Facebook Twitter Reddit Pinterest",
        ends="facebook|twitter|instagram|linkedin|pinterest|whatsapp|reddit|tumblr|flipboard|e-mail",
        longest=140,
    ),
    Shape(
        Role.FURNITURE,
        r"(?: \d{1,3})?(?: story continues below)?(?: this advertisement)? has not loaded yet"
        r"(?:, but your article continues below)?",
        "Advertisement 2 Story continues below This advertisement has not loaded yet",
        begins="advertisement|this advertisement",
        longest=180,
    ),
    Shape(
        Role.FURNITURE,
        r"(?:\. try refreshing your browser)?(?:,? or)?"
        r"(?:[. ]*tap here to see other videos from our team)?",
        "We apologize, but this video has failed to load.",
        begins="we apologize, but this video has failed to load|"
        "article content we apologize, but this video has failed to load",
        longest=220,
    ),
    Shape(
        Role.FURNITURE,
        r" sign up to .{5,300}",
        "skip past newsletter promotion Sign up to The Pier Free weekly letter",
        begins="skip past newsletter promotion",
    ),
    Shape(
        Role.FURNITURE,
        r"\?.{0,90}",
        "Like this story? Share it with a friend!",
        begins="like this story|love this article|love this story|like this article|"
        "enjoyed this article|enjoyed this story|"
        "enjoying this story|like what you read|like what you're reading|"
        "found this article interesting|was this article helpful|was this page helpful|"
        "did you find this helpful|did you like this story",
        longest=130,
    ),
    Shape(
        Role.FURNITURE,
        rf"{_NOBODY_SAYS}"
        rf"(?: .{{0,100}}(?:@\w|\b(?:on|via) (?:\w+ )?{_NETWORKS}\b|\b{_SITES}\b).{{0,100}}|"
        r" us| .{1,40} on|"
        r" ?@\w.{0,80}| me| him| her| them)?",
        "Follow @porttalk",
        begins="follow|follow us|follow her|follow him|like us|like our|find us|"
        "find us on|"
        "join us|join us on|connect with us|connect|stay connected|follow me|follow the|"
        "follow along|"
        "join the conversation on|friend us|tweet us|tweet at|visit us|watch us|add us|"
        "follow topics|find me|talk to us|tweet the author|tweet me|on twitter|"
        "on facebook",
        longest=220,
    ),
    Shape(
        Role.FURNITURE,
        r" (?-i:[\"'A-Z])[^.:?!]{1,60}(?=:)",
        "Follow Port News:",
        begins="follow|connect with|find",
        longest=80,
    ),
    Shape(
        Role.FURNITURE,
        r" ?:? ?(?:(?:https?://|www\.)\S++|@\w+)(?:[ ,;|]+(?:https?://|www\.|@)\S++)*",
        "Facebook: https://port.example/portnews",
        begins=_ALL_NETWORKS,
        longest=200,
    ),
    Shape(
        Role.FURNITURE,
        r"[\w.@-]{1,40}/?(?: (?:https?://|www\.)\S+)*",
        "https://www.twitter.com/portnews",
        begins="|".join(
            f"{scheme}{www}{site}/"
            for scheme in ("https://", "http://")
            for www in ("", "www.")
            for site in ("twitter.com", "facebook.com", "instagram.com", "x.com", "pinterest.com")
        ),
        longest=200,
    ),
    Shape(
        Role.FURNITURE,
        r"\b[^.?]{0,160}\?.{0,80}\b(?:comments?|share this|share your|tell us|let us know|"
        r"sound off|comment below)\b.{0,120}",
        "What do you think of the vote? Tell us below.",
        begins="what do you think|do you agree|what are your thoughts|do you think|would you",
        longest=300,
    ),
    Shape(
        Role.FURNITURE,
        r" .{0,60}\b(?:article|story|post|page|video|news|this)\b.{0,120}",
        "Please share this story on Facebook.",
        begins="please share|please like and share|don't forget to share|be sure to share",
        longest=200,
    ),
    Shape(
        Role.FURNITURE,
        rf" (?:(?:the )?(?-i:[A-Z])[^.!?]{{1,80}}?|us|me|her|him|them) on {_SITES}"
        rf"(?:(?:,| and|, and| or|, or) (?:on )?{_SITES}){{0,6}}(?:[.?] (?:and |or )?"
        r"(?:follow|like|find|join|sign up|subscribe|e-?mail|contact|write|send|get|read|see|"
        rf"listen|watch|download|visit|click|you can|for)\b.{{0,140}}|(?: at)? @\w+|)",
        "Find Port News: Lindholm on Facebook, Instagram and Twitter.",
        begins="find|join|you can follow|you can also follow|why not follow|please follow",
        longest=260,
    ),
    Shape(
        Role.FURNITURE,
        r" [^.!?:]{0,60}: ?(?:https?://|www\.)\S+",
        "Read more great stories here: https://www.port.example",
        begins="read more|read other|find more|see more|get more",
        longest=160,
    ),
    # What readers of screens hear of a link.
    Shape(
        Role.FURNITURE,
        r"[^.!?]{0,120}\W",
        "Privacy policy (opens in a new tab)",
        ends="opens in a new tab|opens in new tab|opens in a new window|opens in new window",
        longest=160,
    ),
    # Comments.
    Shape(
        Role.FURNITURE,
        r"(?: \(?\d+\)?)?(?: here| below| on this (?:story|article)| now| section)?",
        "Leave a comment",
        begins="leave a comment|leave a reply|leave comment|post a comment|comments|comment|"
        "see all comments|show all comments|read all comments|all comments|reader comments|"
        "view comments|view all comments|read comments|see comments|show comments|hide comments|"
        "write a comment|add a comment|add comment|join the conversation|join the discussion|"
        "start the conversation|start the discussion|be the first to comment|comments are closed|"
        "comment policy|commenting policy|comment on this story|comment now|view the discussion|"
        "view discussion thread|please enable javascript to view the comments|report abuse|"
        "load comments|report this post|report this article|report comment|post comment|reply|"
        "replies|comments closed|sort by|newest|oldest|"
        "most liked|no comments|no comments yet|log in to comment|sign in to comment|"
        "you must be logged in to post a comment|comments have been disabled|"
        "discuss this story|discuss|have your say|what do you think|tell us what you think|"
        "share your thoughts|let us know in the comments|report a typo|report an error|"
        "submit a correction|suggest a correction|send us a tip|submit a tip|add your comment",
        longest=110,
    ),
    Shape(
        Role.FURNITURE,
        r"",
        "Email the author",
        begins="email the author|email author|e-mail the author|email the writer|"
        "send an email|email the reporter|email this reporter|contact the author|"
        "view/post comments|view or post comments|to post comments|post comments|"
        "read/post comments|view/add comments|see/post comments|discuss comment|"
        "submit comment|comment on this article|comment on this post|leave your comment|"
        "leave a reply cancel reply|cancel reply|facebook comments|join the debate",
        longest=60,
    ),
    Shape(
        Role.FURNITURE,
        r" .{2,160}\b(?:comments?|thoughts|below|view)\b.{0,80}",
        "Tell us in the comments below.",
        begins="tell us|let us know|share your|please enable javascript|please turn on javascript|"
        "leave your|post your|sound off|have something to say|comments are|comments on this|"
        "comments must|please read our|we welcome|please keep|commenting is|"
        "you need to enable javascript|javascript is|your browser does not|"
        "your browser doesn't|you must be logged|this conversation is moderated",
        longest=260,
    ),
    Shape(
        Role.FURNITURE,
        r"[\d,.]+ ?[km]? (?:comments?|shares?|likes?|views?|retweets?|tweets?|replies|followers|"
        r"reactions?|votes?|photos?|images?|pictures)"
        r"(?: (?:share|tweet|e-?mail|print|comments?|this|story|article|post|[\d,.]+ ?[km]?))*|"
        r"\d{1,3} ?[–-]? ?(?:\d{1,3} )?(?:min|mins|minutes?) ?(?:read|listen|watch|video|to read)|"
        r"\d{1,3} (?:seconds?|minutes?|mins?|hours?|days?|weeks?|months?|years?) ago|"
        r"\d{1,2}:\d\d(?::\d\d)?(?: ?/ ?\d{1,2}:\d\d(?::\d\d)?)?|\d{1,3} ?(?:of|/) ?\d{1,3}",
        "3 min read",
        longest=40,
    ),
    Shape(
        Role.FURNITURE,
        r"\d{1,4}(?: ?[x×] ?\d{1,4})?",
        "1280",
        zones=_ENDS,
        longest=12,
    ),
    Shape(
        Role.FURNITURE,
        r" .{2,300}\b(?:replay|watch|\d:\d\d)\b.{0,200}",
        "JUST WATCHED Ferries leave the pier Replay More Videos ... MUST WATCH Ferries leave 01:53",
        begins="just watched",
        longest=500,
    ),
    Shape(
        Role.FURNITURE,
        r" (?:(?:share|tweet|post|e-?mail|print|pin|save|flip|comment|comments|this|article|story|"
        rf"{_NETWORKS})(?: |$))+",
        "Share this article Share Tweet Post Email",
        begins="share|share this article|share this story|tweet|e-mail|email|print",
        longest=100,
    ),
    Shape(
        Role.FURNITURE,
        r" \d{1,3}(?: (?:of|/) \d{1,3})?",
        "Page 4 of 7",
        begins="page|slide|image|photo",
        longest=20,
    ),
    Shape(
        Role.FURNITURE,
        r" (?:\d+ (?:images?|photos?|pictures?)|this (?:photo|image|picture) in gallery)",
        "View 6 Images",
        begins="view|see|open",
        longest=40,
    ),
    Shape(
        Role.FURNITURE,
        r" (?:video|content|page),? (?:please )?(?:enable|turn on|upgrade).{0,200}",
        "To view this video please enable JavaScript, and consider another browser",
        begins="to view this|to watch this|to see this",
        longest=260,
    ),
    Shape(
        Role.FURNITURE,
        r"(?: ?\(?\d+:\d\d(?::\d\d)?\)?| ?\(\d+ (?:images?|photos?|pictures?)\)| ?\d+|"
        r" (?:on|unsupported on) your device)*",
        "LISTEN TO ARTICLE 5:21",
        begins="listen to article|listen to this article|listen to story|listen to this story|"
        "listen to the article|listen|play|play video|play audio|pause|replay|mute|unmute|"
        "video player|audio player|slideshow|media playback is|media playback is unsupported|"
        "media cannot be played|media requires javascript to play|now playing|up next|"
        "watch video|view slideshow|launch slideshow|view gallery|view photos|photos|photo|"
        "video|videos|audio|gallery|slide show|start slideshow|photo gallery|full screen|"
        "fullscreen|exit fullscreen|enter fullscreen|expand|collapse|close|close this dialog|"
        "this is a modal window|beginning of dialog window|end of dialog window|"
        "video duration|duration|current time|remaining time|stream type|loaded|progress|"
        "captions off|captions|subtitles|chapters|descriptions|quality levels|playback rate|"
        "embed|embed code|download|transcript|read transcript|read news document|"
        "toggle more options|"
        "view larger|click to enlarge|tap to enlarge|zoom|enlarge|view full size|hide caption|"
        "view photo|enlarge this image|enlarge image|now watching|content preferences|"
        "no item available|captions not available|"
        "toggle caption|show caption|view image in fullscreen|image|images|graphic|loading|"
        "loading...|video loading|latest videos from|"
        "watch live|skip|restart|settings|volume|caption settings|"
        "video unavailable|"
        "this video is unavailable|unable to play media|your browser does not support this video|"
        "skip post|skip video|end of post|watch|autoplay|seek|live|playlist|share video|pop out|"
        "listening|advertisement will end|read aloud|having trouble viewing the video",
        longest=90,
    ),
    Shape(
        Role.FURNITURE,
        r".{0,140}",
        "Please use Chrome browser for a more accessible video player",
        begins="please use chrome browser|this video can not be played|this video cannot be played|"
        "skip twitter post|end of twitter post|skip facebook post|skip instagram post|"
        "end of youtube post|skip youtube post|end of instagram post|end of facebook post|"
        "skip past newsletter|after newsletter promotion|view this post on|view more on|"
        "view on instagram|view on twitter|this browser does not|"
        "your browser does not support|your browser is|sorry, your browser|sorry, but your browser|"
        "your browser needs|you need javascript|this page requires javascript|"
        "allow twitter content|allow facebook content|allow google youtube content|"
        "this article contains content provided by|to view this content|to see this content|"
        "we ask for your permission|warning: third party|warning: the bbc is not responsible|"
        "view original tweet|follow live|slideshow (|image zoom|chart: interactive|"
        "click to view",
        longest=180,
    ),
    Shape(
        Role.FURNITURE,
        r" (?:[\w' ]{0,40} )?(?:above|below|to (?:see|view|watch|enlarge|play|read|hear|listen))\b"
        r".{0,90}",
        "Click on the map to enlarge it",
        begins="click on the|click through the|tap on the|hover over|hover over the",
        longest=180,
    ),
    # What the page says of itself.
    Shape(
        Role.FURNITURE,
        r" (?:is |was )?(?:more than|over|published|from)?.{0,40}\b(?:years?|months?|"
        r"days?) (?:old|ago)\b.{0,40}",
        "This article is more than 4 months old",
        begins="this article is|this story is|this article was|this story was|this page is|"
        "this is an archived|this post is|this content is",
        longest=110,
    ),
    Shape(
        Role.FURNITURE,
        r"(?: time)?:? ?\d{1,3} ?(?:min|mins|minutes?|sec).{0,20}",
        "Reading time: 3 minutes",
        begins="reading time|read time|estimated reading time|time to read|estimated read|"
        "listening time|approximately|length of article|read in",
        longest=60,
    ),
    Shape(
        Role.FURNITURE,
        r"(?: (?:to|of|the|all|our|for|now|here|on|this|page|top|site|content|main|menu|more|"
        r"results|"
        r"article|articles|story|stories|full|section|navigation|skip|jump|search|list|home|image|"
        r"slide|photo|of|\d+))*",
        "Skip to content",
        begins="skip to|skip to content|skip to main content|skip navigation|jump to|back to top|"
        "back to|return to top|scroll to top|top of page|go to top|to top|next article|"
        "next story|previous article|previous story|next|previous|prev|next page|previous page|"
        "next post|previous post|older posts|newer posts|next up|show more|show less|load more|"
        "loading more|view all|view more|see all|read full article|read full story|"
        "view full article|read article|read more articles|continue reading|print this page|"
        "print page|print this article|log in|login|log out|logout|sign in|sign out|my account|"
        "create account|create an account|register now|edit profile|manage account|"
        "your account|account|manage subscription|menu|main menu|open menu|close menu|"
        "toggle navigation|navigation|site navigation|open navigation|close navigation|search|"
        "search for|search this site|search the site|open search|search site|"
        "you are here|breadcrumb|breadcrumbs|go home|read more|show more comments|return home|"
        "go back|more options|show all|hide|filter|reset|submit|submit search|cancel|ok|"
        "got it|accept|accept all|accept cookies|accept all cookies|allow cookies|reject all|"
        "full bio|view full bio|read full bio|view profile|view author archive|i accept|dismiss|"
        "no thanks|not now|maybe later|continue|"
        "continue to site|read less|see more|learn more|find out more|click here|tap here|"
        "view article|view in app|open in app|open in new window|article|share options|"
        "change location|select language|choose language|switch language|view as list|"
        "list view|map view|jump to content|hide menu|expand menu|table of contents",
        longest=70,
    ),
    Shape(
        Role.FURNITURE,
        r"(?:(?: ?[|·•/,&-] ?| and | \| | )(?:terms(?: of (?:use|service))?|privacy(?: policy|"
        r" notice)?|"
        r"cookies?(?: policy| settings| notice)?|contact(?: us)?|about(?: us)?|site ?map|"
        r"accessibility|"
        r"help|advertise(?: with us)?|careers|jobs|copyright|conditions|disclaimer|policy|policies|"
        r"preferences|statement|notice|feedback|faqs?|ad choices|settings|use|service|legal|us|"
        r"here|do not sell my (?:personal )?info(?:rmation)?|rss|our|staff|newsletters?|apps?))*",
        "Privacy policy | Terms of use",
        begins="privacy policy|privacy notice|privacy|terms of use|terms of service|"
        "terms and conditions|terms & conditions|terms|cookie policy|cookie settings|cookie notice|"
        "cookies|cookie preferences|manage cookies|sitemap|site map|about us|contact us|"
        "contact the newsroom|contact|advertise|advertise here|work for us|ad choices|adchoices|"
        "your ad choices|do not sell my personal information|do not sell my info|"
        "your privacy choices|your california privacy rights|california privacy rights|"
        "accessibility|accessibility statement|accessibility help|user agreement|"
        "mobile user agreement|breaking news emails|breaking news alerts|news alerts|email alerts|"
        "visitor agreement|code of conduct|legal notice|corrections policy|our team|our staff|"
        "masthead|faq|faqs|help|help center|customer service|customer care|feedback|"
        "send feedback|give feedback|rss feeds|rss feed|all rss|mobile apps|e-edition|epaper|"
        "e-paper|print edition|today's paper|subscriptions|subscriber services|"
        "manage my subscription|"
        "place an ad|classifieds|shop|store|donate|donate now|give|support us|"
        "media kit|press room|seal your conviction|get help|report a crime|link to us",
        longest=120,
    ),
    Shape(
        Role.FURNITURE,
        r" (?:here|now|below|the|on|for|to|this)\b.{2,120}|!?",
        "CLICK HERE TO GET THE HARBOUR APP",
        begins="click here to get|click here to apply|click here to join|click here to sign up|"
        "click here to download|"
        "click here for|download the app|get the app|download now|download our app|"
        "buy now|order now|shop now|add to cart|apply now|buy tickets|get tickets|buy the book|"
        "order the book|buy it now|book now|view deal|see the deal",
        longest=150,
    ),
    Shape(
        Role.FURNITURE,
        r" ?:?(?! ?=) ?.{0,40}(?:https?://|www\.)\S+.{0,40}",
        "Read or Share this story: https://port.example/pier",
        begins="read or share this story|read or share|source|via|original article|original source|"
        "original story|link|permalink|url|from|share this story|short link|shortlink|more at|"
        "original|article source|source url|story link|full article|[source]|link to story|"
        "available at|retrieved from|view this page at|find this article at|web link",
        longest=400,
    ),
    Shape(
        Role.FURNITURE,
        r" .{0,200}\b(?:appeared first on|first appeared on)\b.{1,100}",
        "The post Pier closes appeared first on Port Post.",
        begins="the post|this post|the article",
        longest=400,
    ),
    Shape(
        Role.FURNITURE,
        r" (?:in|under)(?-i:[A-Z]).{0,60}",
        "Posted inHarbour News",
        begins="posted|filed",
        longest=80,
    ),
    Shape(
        Role.FURNITURE,
        r"(?!.*[a-z][.!]$)(?! (?:an?|the|(?:19|20)\d\ds?)\b).{0,200}",
        "Link to: Who paid for the pier",
        begins="link to:|tags:|filed under|filed under:|tagged with|tagged in|tagged as|"
        "categories:|"
        "category:|"
        "topics:|in this article:|in this story:|posted in|posted in:|tagged:|"
        "more topics|labels:|explore more on|read more on these topics|keywords:",
        longest=240,
    ),
    Shape(
        Role.FURNITURE,
        ":?",
        "Related topics",
        begins="related topics|related topic|related tags|tags|tagged|article tags|story tags|"
        "post tags",
        zones=(Zone.STORY, Zone.TAIL),
        longest=40,
        opens=True,
    ),
    Shape(
        Role.FURNITURE,
        ":?",
        "About the author",
        begins="about the author|about the authors|about the writer|about the writers|"
        "about the reporter|about this project",
        longest=40,
    ),
    Shape(
        Role.FURNITURE,
        r"(?!.*[.!?]$) .{2,40}",
        "Trending in Lindholm",
        begins="trending in|trending on|most read in|most popular in|most active in|popular in|"
        "latest in|latest from|top stories in|recent in|featured in|more top stories in",
        names_only=True,
        longest=60,
        opens=True,
    ),
    Shape(
        Role.FURNITURE,
        "",
        "Recent posts",
        begins="recent posts|our latest stories|top local stories|local stories|"
        "latest local news|recent news|latest posts|latest news|latest stories|latest headlines|"
        "latest articles|latest|top stories|top news|top headlines|trending|trending now|"
        "trending stories|trending news|most popular|most read|most viewed|most shared|"
        "most commented|most recent|popular|popular stories|popular posts|popular now|"
        "popular articles|what's hot|more news|more headlines|more top stories|news releases|"
        "other news|other stories|recent articles|recent stories|recent headlines|"
        "latest videos|top videos|featured|featured stories|featured posts|featured videos|"
        "editor's choice|promoted stories|around the web|you may have missed|"
        "recent comments|in other news|more in news|hot topics|"
        "most watched|today's top stories|today's headlines|news headlines|in the news",
        longest=60,
        opens=True,
    ),
    Shape(
        Role.FURNITURE,
        "",
        "Up next",
        begins="up next|read next|more stories|you may also like|you might also like|you may like|"
        "recommended for you|recommended|what to read next|around the web|"
        "more from around the web|from around the web|must read|don't miss|more coverage|"
        "top picks|editors' picks|editor's picks|editors' pick|editor's pick|must reads|"
        "keep reading|what others are reading|in case you missed it|recommended reading|"
        "sponsored stories|more on this topic|more like this|related posts|recommended stories",
        zones=_TAIL,
        longest=70,
        opens=True,
    ),
    Shape(
        Role.FURNITURE,
        r"(?!.*[.!?]$) .{2,50}",
        "More from the Port Post",
        begins="more from|more in|more by",
        zones=_TAIL,
        names_only=True,
        longest=70,
        opens=True,
    ),
    Shape(
        Role.FURNITURE,
        r"(?!.*[.!]$): ?(?-i:[A-Z\"'])(?=.* ).{2,160}",
        "Next: Who paid for the pier",
        begins="next|previous|prev|next article|previous article|next story|previous story|next up|"
        "next post|previous post|up next|newer|older|trending|search results for",
        longest=180,
    ),
    Shape(
        Role.FURNITURE,
        r"(?: (?:on|at|here|from|of|via)\b.{0,160}| ?[:(].{0,160}|)",
        "View the original release on www.port.example",
        begins="view source version|view the original release|view original release|"
        "view original content|view the original content|view original press release|"
        "original/source press release|original press release|source press release|"
        "view this press release|view this release|view original article|"
        "view the full release|view the full announcement|to view the full announcement|"
        "to view the original|to view the full release|to view the source",
        longest=260,
    ),
    # Placeholders and marks.
    Shape(
        Role.FURNITURE,
        r"\[?(?:pull ?quote|\w*embed\w*|embedded content|video|image|photo|gallery|graphic|audio|"
        r"tweet|"
        r"iframe|"
        r"advertisement|ad|poll|quiz|newsletter|map|chart|slideshow|related|caption|youtube|"
        r"twitter|"
        r"soundcloud|vimeo|instagram|facebook|gif|interactive|document|podcast|playlist|"
        r"removed|unavailable|deleted|readmore|more)(?:[ =_:-][^\]]{0,200})?\]",
        "[pullquote]",
        begins="[",
        longest=260,
    ),
    Shape(
        Role.FURNITURE,
        r"(?:[<%]|) ?.{0,490}[>}]",
        '{{< button href="https://port.example" text="Visit the pier" >}}',
        begins="{{<|{{%|{%|<iframe|<script|<!--|<video|<audio|<button|<form|<style|<ins|<svg",
        longest=500,
    ),
    Shape(
        Role.FURNITURE,
        r"(?!.*>[^<>{}]{80}) ?.{0,490}>",  # without a paragraph in it
        '<div class="tools">Print</div>',
        begins="<div|<hr|<br|<center>|</",
        longest=500,
    ),
    Shape(
        Role.FURNITURE,
        r"(?:[_-][A-Z0-9_-]+|[_ -]?\d{0,6})",
        "AP_ITEM",
        begins="author image|link to image|link to video|"
        "ap_item|ap_photo|getty_image|img_|dsc_|placeholder|untitled|null|undefined|n/a|"
        "none|lorem ipsum|alt text|insert|[email protected]|no image|image not available|"
        "no description available|default image|script>|&nbsp|nbsp",
        longest=40,
    ),
    Shape(
        Role.FURNITURE,
        "",
        "-30-",
        begins="end|ends|more|(more)|(end)|(ends)|-more-|- more -|-end-|- end -|--more--|the end|"
        "-30-|- 30 -|30|fin|xxx|eof|endit|enditem|end item|end of story|"
        "end of article|end of newsletter|end of document|end of transcript",
        longest=30,
    ),
    Shape(Role.FURNITURE, r"[\W_]+", "• •", longest=120),
    Shape(
        Role.FURNITURE,
        r"\w{0,3} ?[#_=*~-]{2,}(?:[\w.-]{0,8}|[\w .-]{1,8}[#_=*~-]{2,})",
        "###",
        longest=60,
    ),
    Shape(
        Role.FURNITURE,
        r"(?-i:[a-z]{2,4}/(?:[a-z]{2,4}(?:/[a-z]{2,4})?)?)",
        "jk/lm",
        within="/",
        zones=_TAIL,
        longest=14,
    ),
    # Addresses.
    Shape(
        Role.FURNITURE,
        r"(?-i:(?: [a-z]{2,4}){1,5})",
        "dpa jk lm",
        begins="dpa|ap|afp|reuters|upi|pa|efe|ani|pti|kyodo|ians",
        zones=_TAIL,
        longest=30,
    ),
    Shape(
        Role.FURNITURE,
        r"@\w{2,20}(?:[ ,;|&]+@\w{2,20})*|"
        r"\[email\s?protected\]|(?:[+(]?\d[\d ().-]{6,18}\d)",
        "@porttalk",
        longest=100,
    ),
    Shape(
        Role.FURNITURE,
        r"(?!ap|afp|pti|ani|upi|cnn|bbc|dpa|efe|.*,)(?-i:[a-z]{1,3}|[A-Z]{1,3})\)",
        "(jo)",
        begins="(",
        zones=_ENDS,
        longest=6,
    ),
    Shape(
        Role.FURNITURE,
        r" (?:[a-z]+ ){0,3}[a-z]+ ?(?:skip|jump) to .{2,60}",
        "Skip to navigationSkip to content",
        begins="skip to|jump to",
        longest=120,
    ),
    Shape(
        Role.FURNITURE,
        r"\S++(?:[ ,;|]+(?:https?://|www\.)\S++)*",
        "www.port.example/pier.jpg",
        begins="http://|https://|www.",
        zones=_ENDS,
        longest=400,
    ),
    Shape(
        Role.FURNITURE,
        r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+(?: ?[|·•/,] ?.{0,40})?",
        "maja.orlo@port.example",
        within="@",
        longest=80,
    ),
    Shape(
        Role.FURNITURE,
        r".{0,60}\b\d{1,6} [\w. -]{3,40},? .{0,40}\b(?-i:[A-Z]{2})[ ,]+(?:\d{5}-)?\d{3,4}",
        "Hall of Harbours, 330 West Quay, Lindholm, CA 92101",
        ends="0|1|2|3|4|5|6|7|8|9",
        zones=_TAIL,
        longest=200,
    ),
)
# Lines of menus, footers and rows of sections. Each may be a line of a story as well.
PAGE_WORDS = frozenset(
    """
    home|news|sections|live tv|space|physics|nature|humans|india|china|bollywood|hollywood|
    latest news|breaking news|most popular|home page|homepage|upcoming events|spotlight|best of|
    reviews|interviews|photos|gallery|web stories|explainers|fact check|states|cities|auto|gadgets|
    contact|op-ed|letters|editorial|advertise with us|terms of service|do not sell|disclaimer|
    local|local news|nation|national|world|u.s.|us|uk|international|politics|opinion|
    opinions|editorials|op-ed|op-eds|columns|columnists|letters|business|economy|markets|money|
    personal finance|finance|tech|technology|science|health|environment|climate|education|sports|
    sport|football|soccer|baseball|basketball|hockey|golf|tennis|entertainment|arts|culture|music|
    movies|film|tv|television|books|theater|theatre|dining|food|recipes|style|fashion|lifestyle|
    living|life|travel|autos|cars|real estate|homes|property|jobs|careers|classifieds|obituaries|
    obits|weather|traffic|crime|courts|religion|weekend|magazine|features|special reports|
    investigations|data|graphics|photos|pictures|video|videos|audio|podcasts|podcast|multimedia|
    galleries|events|calendar|games|puzzles|crosswords|crossword|comics|horoscopes|horoscope|
    lottery|archive|archives|about|about us|contact|contact us|staff|help|faq|faqs|support|
    advertise|subscribe|subscriptions|newsletters|newsletter|log in|login|sign in|sign up|register|
    account|my account|search|menu|more|share|print|email|facebook|twitter|instagram|youtube|
    linkedin|pinterest|reddit|rss|x|tiktok|privacy|privacy policy|terms|terms of use|cookies|
    sitemap|site map|accessibility|press|press releases|press release|media|media center|newsroom|
    news releases|resources|publications|reports|research|documents|forms|services|programs|
    projects|products|solutions|company|team|our team|leadership|board|partners|members|membership|
    community|community engagement|get involved|volunteer|donate|give|shop|store|blog|blogs|latest|
    trending|popular|topics|tags|categories|sections|regions|africa|americas|asia|europe|
    middle east|australia|canada|latin america|live|live tv|watch|listen|radio|schedule|apps|
    mobile|desktop|english|español|deutsch|français|language|languages|settings|feedback|careers|
    internships|employment|directory|locations|maps|links|related|back|next|previous|close|author|
    authors|published|share this|comments|top|go|ok|yes|no|all|new|features|innovation|future|
    justice news|victim services|special programs|executive team|overview|history|mission|
    about the da|meet the da|legal|policy|security|people|home page|main|main menu|quick links
    """.replace("\n", "")
    .replace("    ", "")
    .strip()
    .split("|")
)

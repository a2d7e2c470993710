CREATE TABLE `saved_views` (
	`id` integer PRIMARY KEY NOT NULL,
	`owner` text NOT NULL,
	`screen` text NOT NULL,
	`name` text NOT NULL,
	`query` text NOT NULL,
	`shared` integer NOT NULL,
	`is_default` integer NOT NULL,
	`created_at` integer NOT NULL,
	`updated_at` integer NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `saved_views_name` ON `saved_views` (`owner`,`screen`,`name`);--> statement-breakpoint
CREATE UNIQUE INDEX `saved_views_default` ON `saved_views` (`owner`,`screen`) WHERE is_default = 1;